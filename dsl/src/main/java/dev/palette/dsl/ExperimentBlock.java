package dev.palette.dsl;

import dev.palette.adapter.Adapter;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Settings;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code experiment('name') { … }}: those of {@link Experiment.Options} as a script says them, where an axis may stand
 * in the place of a value.
 */
public final class ExperimentBlock implements Block<Experiment> {
    private final String name;
    private final Path folder;
    private final Supplier<String> place;
    private Settings settings;
    private final List<Consumer<Experiment.Options>> given = new ArrayList<>();
    private final List<Axis<?>> axes = new ArrayList<>();
    private @Nullable Sweep sweep;
    private @Nullable RunPlan runPlan;

    /**
     * @param folder the script's
     * @param place says which line of the script is being executed
     */
    ExperimentBlock(String name, Path folder, Supplier<String> place, Settings settings) {
        this.name = name;
        this.folder = folder;
        this.place = place;
        this.settings = settings;
    }

    /** Where the encoder comes from: {@code bertBase.uncased}. */
    public ExperimentBlock encoder(EncoderSource source) {
        given.add(e -> e.encoder(source));
        return this;
    }

    /** A directory with {@code config.json}, {@code model.safetensors} and {@code vocab.txt}, relative to the script. */
    public ExperimentBlock encoder(String directory) {
        return encoder(new EncoderSource.Directory(
                folder.resolve(directory).normalize().toString()));
    }

    /** Layers kept, counted from the embeddings; all by default. */
    public ExperimentBlock layers(int count) {
        given.add(e -> e.layers(count));
        return this;
    }

    /** Where the tasks' data lie, relative to the script; the setting {@code data.dir}. */
    public ExperimentBlock dataDir(String directory) {
        settings = settings.withScript("data.dir", directory, place.get());
        return this;
    }

    /** Whether the test sets that are there are predicted too, for a submission; the setting {@code predict.test}. */
    public ExperimentBlock predictTest(boolean value) {
        settings = settings.withScript("predict.test", Boolean.toString(value), place.get());
        return this;
    }

    /** What is learnt together, in order. */
    public ExperimentBlock tasks(List<Task> tasks) {
        given.add(e -> e.tasks(tasks));
        return this;
    }

    /** The parameters added to the encoder. */
    public ExperimentBlock adapter(Adapter adapter) {
        return adapter(Axis.of(adapter));
    }

    /** The parameters added to the encoder: every value is run. */
    public ExperimentBlock adapter(Axis<Adapter> axis) {
        axes.add(axis);
        given.add(e -> e.adapters(axis.values()));
        return this;
    }

    /** Which task the next batch comes from. */
    public ExperimentBlock sampler(TaskSampling sampling) {
        return sampler(Axis.of(sampling));
    }

    /** Which task the next batch comes from: every value is run. */
    public ExperimentBlock sampler(Axis<TaskSampling> axis) {
        axes.add(axis);
        given.add(e -> e.samplings(axis.values()));
        return this;
    }

    /** How every trial is trained. */
    public ExperimentBlock train(Training training) {
        given.add(e -> e.training(training));
        return this;
    }

    /** On which devices trials run, how many at once, and what becomes of one that fails. */
    public ExperimentBlock run(RunPlan plan) {
        runPlan = plan;
        return this;
    }

    /** Which axes are varied, and the seeds. */
    public ExperimentBlock sweep(Sweep value) {
        sweep = value;
        return this;
    }

    /** How trials are run: as the script says, or else the settings. */
    RunPlan runPlan() {
        return runPlan == null ? settings.runPlan() : settings.runPlan(runPlan);
    }

    /** The settings with what the script has set so far. */
    Settings settings() {
        return settings;
    }

    @Override
    public Experiment build() {
        if (sweep != null) {
            List<Long> seeds = sweep.seeds();
            given.add(e -> e.seeds(seeds));
            sweep.grid().forEach(this::requireInPlace);
        }
        return Experiment.of(name, settings, options -> given.forEach(option -> option.accept(options)));
    }

    private void requireInPlace(Axis<?> axis) {
        if (axes.stream().noneMatch(axis::equals)) {
            throw new OptionException(
                    "sweep",
                    "grid names %s, which stands nowhere in the experiment; give it to adapter or sampler"
                            .formatted(axis.name() == null ? "a choice" : "the choice '" + axis.name() + "'"));
        }
    }
}
