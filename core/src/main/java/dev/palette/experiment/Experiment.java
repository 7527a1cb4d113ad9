package dev.palette.experiment;

import dev.palette.adapter.Adapter;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a script describes: one encoder, its tasks, the values of every axis, and the seeds. {@link #trials} expands it.
 *
 * @param name names the folder of its runs: letters, digits, {@code - _ .}, beginning with a letter or digit
 * @param encoder where the encoder comes from
 * @param layers layers kept, counted from the embeddings; 0 for all
 * @param tasks what is learnt together, in order; one or more, no two of one name
 * @param adapters the values of the adapter axis; one or more, no two of one label
 * @param samplings the values of the sampling axis; one or more, no two of one label
 * @param training how every trial is trained
 * @param seeds one trial a seed; one or more, no two the same
 */
public record Experiment(
        String name,
        EncoderSource encoder,
        int layers,
        List<Task> tasks,
        List<Adapter> adapters,
        List<TaskSampling> samplings,
        Training training,
        List<Long> seeds) {

    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Checks that it can be run and that every line of its table will have a name of its own. */
    public Experiment {
        if (!FOLDER.matcher(name).matches()) {
            throw new PaletteException(
                    "experiment name '%s' cannot name a folder: use letters, digits, '-', '_' and '.', with a letter or digit first"
                            .formatted(name));
        }
        tasks = List.copyOf(tasks);
        adapters = List.copyOf(adapters);
        samplings = List.copyOf(samplings);
        seeds = List.copyOf(seeds);
        Range.atLeast("layers", layers, 0);
        String where = "experiment '" + name + "'";
        requireDistinct(where, "task", tasks, Task::name, "tasks glue.cola, glue.mrpc");
        tasks.forEach(task -> requireTrainable(where, task));
        requireDistinct(where, "adapter", adapters, Adapter::label, "adapter shared()");
        requireDistinct(where, "sampling method", samplings, TaskSampling::label, "sampler proportional()");
        requireDistinct(where, "seed", seeds, seed -> Long.toString(seed), "seeds 1..3");
        training.requireConsistent(); // its options have met no earlier
    }

    /**
     * An experiment from its options; defaults alone below them.
     *
     * <pre>{@code
     * Experiment.of("pals", e -> e
     *         .encoder(new EncoderSource.Released("bertBase.uncased"))
     *         .tasks(cola, mrpc)
     *         .adapters(shared, pal)
     *         .training(t -> t.steps(2_000).batchSize(16))
     *         .seeds(1, 2, 3));
     * }</pre>
     *
     * @throws PaletteException when an option is missing or wrong
     */
    public static Experiment of(String name, Consumer<Options> options) {
        return of(name, Settings.defaults(), options);
    }

    /** An experiment from its options, between the settings below a script (files, environment) and those above it (--set). */
    public static Experiment of(String name, Settings settings, Consumer<Options> options) {
        Options block = new Options(name, settings);
        options.accept(block);
        return block.build();
    }

    /**
     * Every trial of the sweep: seed by seed, within a seed adapter by adapter, within an adapter sampling method by sampling
     * method. A sweep that is stopped half-way so leaves whole comparisons of fewer seeds.
     */
    public List<Trial> trials() {
        return seeds.stream()
                .flatMap(seed -> adapters.stream()
                        .flatMap(adapter -> samplings.stream()
                                .map(sampling -> new Trial(encoder, layers, tasks, adapter, sampling, training, seed))))
                .toList();
    }

    private static void requireTrainable(String where, Task task) {
        if (task.testOnly()) {
            throw new PaletteException(
                    "%s: task '%s' has no training examples, only a test set; leave it out of the tasks it trains"
                            .formatted(where, task.name()));
        }
    }

    private static <T> void requireDistinct(
            String where, String kind, List<T> values, Function<T, String> label, String example) {
        if (values.isEmpty()) {
            throw new PaletteException("%s has no %s; give at least one, e.g. %s".formatted(where, kind, example));
        }
        Set<String> seen = new HashSet<>();
        for (T value : values) {
            if (!seen.add(label.apply(value))) {
                throw new PaletteException(
                        "%s has two values '%s' for its %s; they could not be told apart in its table"
                                .formatted(where, label.apply(value), kind));
            }
        }
    }

    /** Options of {@code experiment}. */
    public static final class Options implements Block<Experiment> {
        private final String name;
        private final Settings settings;
        private @Nullable EncoderSource encoder;
        private int layers;
        private List<Task> tasks = List.of();
        private List<Adapter> adapters = List.of();
        private List<TaskSampling> samplings = List.of();
        private Training training;
        private List<Long> seeds;

        private Options(String name, Settings settings) {
            this.name = name;
            this.settings = settings;
            this.training =
                    settings.belowScript(new Training.Options(), "train").build();
            this.seeds = settings.seedsBelowScript().orElse(List.of(1L));
        }

        /** Where the encoder comes from; must be given. */
        public Options encoder(EncoderSource source) {
            encoder = source;
            return this;
        }

        /** Layers kept, counted from the embeddings; all by default. */
        public Options layers(int value) {
            layers = Range.atLeast("layers", value, 1);
            return this;
        }

        /** What is learnt together, in order; at least one must be given. */
        public Options tasks(Collection<? extends Task> values) {
            tasks = List.copyOf(values);
            return this;
        }

        /** What is learnt together, in order. */
        public Options tasks(Task... values) {
            return tasks(List.of(values));
        }

        /** The values of the adapter axis; at least one must be given. */
        public Options adapters(Collection<? extends Adapter> values) {
            adapters = List.copyOf(values);
            return this;
        }

        /** The values of the adapter axis. */
        public Options adapters(Adapter... values) {
            return adapters(List.of(values));
        }

        /** The values of the sampling axis; at least one must be given. */
        public Options samplings(Collection<? extends TaskSampling> values) {
            samplings = List.copyOf(values);
            return this;
        }

        /** The values of the sampling axis. */
        public Options samplings(TaskSampling... values) {
            return samplings(List.of(values));
        }

        /** How every trial is trained: a fresh plan over the settings from files and environment. */
        public Options training(Consumer<Training.Options> options) {
            Training.Options block = settings.belowScript(new Training.Options(), "train");
            options.accept(block);
            return training(block.build());
        }

        /** How every trial is trained. */
        public Options training(Training value) {
            training = value;
            return this;
        }

        /** One trial a seed; seed 1 alone by default. */
        public Options seeds(Collection<Long> values) {
            seeds = List.copyOf(values);
            return this;
        }

        /** One trial a seed. */
        public Options seeds(long... values) {
            return seeds(LongStream.of(values).boxed().toList());
        }

        /** The experiment, with the settings above the script applied last. */
        @Override
        public Experiment build() {
            if (encoder == null) {
                throw new PaletteException(
                        "experiment '%s' has no encoder; give one, e.g. encoder bertBase.uncased".formatted(name));
            }
            Training resolved =
                    settings.aboveScript(training.toBlock(), "train").build();
            return new Experiment(
                    name,
                    encoder,
                    layers,
                    tasks,
                    adapters,
                    samplings,
                    resolved,
                    settings.seedsAboveScript().orElse(seeds));
        }
    }
}
