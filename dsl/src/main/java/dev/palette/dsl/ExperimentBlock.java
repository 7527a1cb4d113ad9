package dev.palette.dsl;

import dev.palette.adapter.Adapter;
import dev.palette.experiment.Axis;
import dev.palette.experiment.Dimensions;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.NamedVariant;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Space;
import dev.palette.experiment.Sweep;
import dev.palette.experiment.Template;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import dev.palette.spec.Required;
import dev.palette.table.TableSpec;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code experiment('name') { … }}: those of {@link Experiment.Options} as a script says them, where an axis may stand
 * in the place of a value.
 */
public final class ExperimentBlock implements Block<Experiment>, Excuses {
    static final Space.Choices NOTHING_VARIES = axis -> {
        throw new IllegalStateException("a space without axes asks for one: " + axis);
    };

    private final String name;
    private final Path folder;
    private final Supplier<String> place;
    private Settings settings;
    private final List<Consumer<Experiment.Options>> given = new ArrayList<>();
    private @Nullable Template<Training, Training.Options> training;
    private @Nullable Sweep sweep;
    private List<NamedVariant> profiles = List.of();
    private @Nullable RunPlan runPlan;
    private Results results = new Results.Options().build();

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
    @Required("encoder bertBase.uncased")
    public ExperimentBlock encoder(Space<EncoderSource> sources) {
        given.add(e -> e.encoder(sources));
        return this;
    }

    /** A directory with {@code config.json}, {@code model.safetensors} and {@code vocab.txt}, relative to the script. */
    public ExperimentBlock encoder(String directory) {
        return encoder(Space.of(new EncoderSource.Directory(
                folder.resolve(directory).normalize().toString())));
    }

    /** Layers kept, counted from the embeddings; all by default. */
    public ExperimentBlock layers(Space<Integer> count) {
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
    @Required("tasks glue.cola, glue.mrpc")
    public ExperimentBlock tasks(Space<List<Task>> tasks) {
        given.add(e -> e.tasks(tasks));
        return this;
    }

    /** The parameters added to the encoder. */
    @Required("adapter shared()")
    public ExperimentBlock adapter(Space<Adapter> adapter) {
        given.add(e -> e.adapter(adapter));
        return this;
    }

    /** Which task the next batch comes from. */
    @Required("sampler proportional()")
    public ExperimentBlock sampler(Space<TaskSampling> sampling) {
        given.add(e -> e.sampling(sampling));
        return this;
    }

    /** How every trial is trained. */
    public ExperimentBlock train(Template<Training, Training.Options> plan) {
        training = plan;
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

    /**
     * Other forms of the whole experiment, such as one for a smaller machine: {@code profiles variant('reduced') { train { steps 300 } }}.
     * {@code palette run --profile reduced}, the setting {@code profile}, takes one: what it gives stands in the place of what the
     * experiment has, and its name is added to the experiment's.
     */
    public ExperimentBlock profiles(List<NamedVariant> values) {
        profiles = List.copyOf(values);
        return this;
    }

    /** What is made of the results: the table that is printed at the end. */
    public ExperimentBlock results(Results value) {
        results = value;
        return this;
    }

    /** Each variant of a list may give for itself what the experiment does not; but the encoder. */
    @Override
    public boolean excuses(String option, Set<String> given) {
        boolean listed = given.contains("sweep") && (sweep == null || isList());
        return listed && !option.equals("encoder");
    }

    /** The table that is printed at the end. */
    TableSpec table(Experiment experiment) {
        Dimensions dimensions = Dimensions.of(experiment.space());
        return results.table().spec(axis -> nameOf(axis, dimensions.places(axis)), folder);
    }

    private static String nameOf(Axis<?> axis, List<ExperimentAxis> places) {
        if (places.isEmpty()) {
            throw new OptionException(
                    "results",
                    "the table names %s, which stands nowhere in the experiment; give it to an option, such as adapter or sampler"
                            .formatted(axis.title()));
        }
        return axis.name() == null ? places.get(0).path() : axis.name();
    }

    /** How trials are run: as the script says, or else the settings. */
    RunPlan runPlan() {
        return runPlan == null ? settings.runPlan() : settings.runPlan(runPlan);
    }

    /** The settings with what the script has set so far. */
    Settings settings() {
        return settings;
    }

    private boolean isList() {
        return sweep != null && !sweep.list().isEmpty();
    }

    @Override
    public Experiment build() {
        if (sweep != null) {
            Sweep described = sweep;
            given.add(e -> e.sweep(described));
        }
        if (training != null) {
            Template<Training, Training.Options> plan = training;
            boolean isBase = !profiles.isEmpty() || isList(); // to which profiles or variants add options
            given.add(e -> e.training(plan.isConstant() && !isBase ? Space.of(plan.at(NOTHING_VARIES)) : plan));
        }
        profiles.forEach(profile -> given.add(e -> e.profile(profile)));
        return Experiment.of(name, settings, options -> given.forEach(option -> option.accept(options)));
    }
}
