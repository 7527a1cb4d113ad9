package dev.palette.dsl;

import dev.palette.adapter.Adapter;
import dev.palette.experiment.NamedVariant;
import dev.palette.experiment.Space;
import dev.palette.experiment.Template;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Block;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options of {@code variant('name') { … }}: those of the experiment that a variant of a list has for itself. */
public final class VariantBlock implements Block<NamedVariant> {
    private final String name;
    private @Nullable Space<EncoderSource> encoder;
    private @Nullable Space<Integer> layers;
    private @Nullable Space<List<Task>> tasks;
    private @Nullable Space<Adapter> adapter;
    private @Nullable Space<TaskSampling> sampling;
    private @Nullable Template<Training, Training.Options> training;

    VariantBlock(String name) {
        this.name = name;
    }

    /** Where its encoder comes from. */
    public VariantBlock encoder(Space<EncoderSource> sources) {
        encoder = sources;
        return this;
    }

    /** Layers kept, counted from the embeddings. */
    public VariantBlock layers(Space<Integer> count) {
        layers = count;
        return this;
    }

    /** What is learnt together, in order. */
    public VariantBlock tasks(Space<List<Task>> values) {
        tasks = values;
        return this;
    }

    /** The parameters added to the encoder. */
    public VariantBlock adapter(Space<Adapter> values) {
        adapter = values;
        return this;
    }

    /** Which task the next batch comes from. */
    public VariantBlock sampler(Space<TaskSampling> values) {
        sampling = values;
        return this;
    }

    /** How it is trained, where that is otherwise than the experiment says. */
    public VariantBlock train(Template<Training, Training.Options> values) {
        training = values;
        return this;
    }

    @Override
    public NamedVariant build() {
        return new NamedVariant(name, encoder, layers, tasks, adapter, sampling, this::trained);
    }

    /** The options given here are set after the experiment's. */
    @SuppressWarnings("unchecked") // an experiment with variants hands over its own template
    private Space<Training> trained(Space<Training> experiments) {
        if (training == null) {
            return experiments;
        }
        return experiments instanceof Template<Training, ?> template
                ? ((Template<Training, Training.Options>) template).with(training.given())
                : training;
    }
}
