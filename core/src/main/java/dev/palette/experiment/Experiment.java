package dev.palette.experiment;

import dev.palette.adapter.Adapter;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a script describes: the variants of an encoder, its tasks, adapter, sampling method and training, and which of them are run
 * with which seeds. Any of these may vary: an {@link Axis} stands in the place of a value.
 *
 * @param name names the folder of its runs: letters, digits, {@code - _ .}, beginning with a letter or digit
 * @param space its variants
 * @param sweep which of them are run, and the seeds
 * @param pins for which commits the branches and tags of its encoders were taken
 */
public record Experiment(String name, VariantSpace space, Sweep sweep, EncoderPins pins) {
    /** Axes' first values, for what is the same in all variants. */
    private static final Space.Choices FIRST = axis -> axis.domain().quantile(0);

    /** Checks that it can be run and that its trials can be told apart. */
    public Experiment {
        ExperimentCheck.requireName(name);
        ExperimentCheck.requireInPlace(space, sweep.grid());
        ExperimentCheck.requireDistinct(name, "seed", sweep.seeds(), seed -> Long.toString(seed), "seeds 1..3");
        if (sweep.strategy() instanceof Strategy.Grid) {
            variants(name, space); // each can be made
        } else {
            ExperimentCheck.requireSomethingToSearch(name, space);
        }
        SweepCheck.check(ExperimentCheck.where(name), space, sweep);
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
     * <p>Where an option varies, an axis or a {@link Template} stands for its value:
     *
     * <pre>{@code
     *         .adapter(Axis.choiceOf(List.of(
     *                 Space.of(new Shared()),
     *                 Template.of(Pal.Options::new).vary("size", Pal.Options::size, Axis.integer(48, 300, 6)))))
     *         .sweep(s -> s.random(20).seeds(1, 2, 3))
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
     * The variant that answers make.
     *
     * @throws PaletteException when they do not go together
     */
    public Variant variant(Space.Choices choices) {
        return variant(name, space, choices);
    }

    /**
     * Every combination of the axes' values, the first axis turning slowest: adapter by adapter, within an adapter sampling method by
     * sampling method.
     *
     * @throws PaletteException when an axis has no end of values, or some do not go together
     */
    public List<Variant> variants() {
        return variants(name, space);
    }

    /**
     * Every trial of a grid: all variants with the first seed, then all with the second. A sweep that is stopped half-way so leaves
     * whole comparisons of fewer seeds. Constraints ({@link Where}) are not looked at: they hang on the encoder's files.
     */
    public List<Trial> trials() {
        List<Variant> variants = variants();
        return sweep.seeds().stream()
                .flatMap(seed -> variants.stream().map(variant -> variant.trial(seed)))
                .toList();
    }

    /** What varies over its trials, seeds aside. */
    public List<ExperimentAxis> axes() {
        return Dimensions.of(space).places();
    }

    /**
     * What tables call an axis: its name, or else where it stands, such as {@code adapter.size}.
     *
     * @throws PaletteException when it stands nowhere in the experiment
     */
    public String nameOf(Axis<?> axis) {
        List<ExperimentAxis> places = Dimensions.of(space).places(axis);
        if (places.isEmpty()) {
            throw new PaletteException(
                    "the table names %s, which stands nowhere in the experiment; give it to an option, such as adapter or sampler"
                            .formatted(axis.title()));
        }
        String own = axis.name();
        return own == null ? places.get(0).path() : own;
    }

    /** Where the encoder comes from; that of the first variant, where it varies. */
    public EncoderSource encoder() {
        return space.encoder().at(FIRST);
    }

    /** Layers kept, 0 for all; those of the first variant, where they vary. */
    public int layers() {
        return space.layers().at(FIRST);
    }

    /** What is learnt together; that of the first variant, where it varies. */
    public List<Task> tasks() {
        return space.tasks().at(FIRST);
    }

    /** How trials are trained; how the first variant is, where it varies. */
    public Training training() {
        return space.training().at(FIRST);
    }

    /** The adapters of a grid's variants, each once. */
    public List<Adapter> adapters() {
        return variants().stream().map(Variant::adapter).distinct().toList();
    }

    /** The sampling methods of a grid's variants, each once. */
    public List<TaskSampling> samplings() {
        return variants().stream().map(Variant::sampling).distinct().toList();
    }

    /** One trial of each variant a seed. */
    public List<Long> seeds() {
        return sweep.seeds();
    }

    private static List<Variant> variants(String name, VariantSpace space) {
        return Grid.all(choices -> variant(name, space, choices)).stream()
                .distinct()
                .toList();
    }

    private static Variant variant(String name, VariantSpace space, Space.Choices choices) {
        Variant variant = space.at(choices);
        ExperimentCheck.requireTrainable(name, variant);
        return variant;
    }

    /** Options of {@code experiment}. */
    public static final class Options implements Block<Experiment> {
        private final String name;
        private final Settings settings;
        private final List<NamedVariant> named = new ArrayList<>();
        private final List<NamedVariant> profiles = new ArrayList<>();
        private @Nullable Space<EncoderSource> encoder;
        private @Nullable Space<Integer> layers;
        private @Nullable Space<List<Task>> tasks;
        private @Nullable Space<Adapter> adapter;
        private @Nullable Space<TaskSampling> sampling;
        private @Nullable Space<Training> training;
        private @Nullable Consumer<Training.Options> trainingOptions;
        private Sweep sweep;

        private Options(String name, Settings settings) {
            this.name = name;
            this.settings = settings;
            this.sweep = new Sweep.Options().build();
            settings.seedsBelowScript().ifPresent(seeds -> sweep = sweep.withSeeds(seeds));
        }

        /** Where the encoder comes from; must be given. */
        public Options encoder(EncoderSource source) {
            return encoder(Space.of(source));
        }

        /** Where the encoder comes from. */
        public Options encoder(Space<EncoderSource> sources) {
            encoder = sources;
            return this;
        }

        /** Layers kept, counted from the embeddings; all by default. */
        public Options layers(int value) {
            return layers(Space.of(value));
        }

        /** Layers kept, counted from the embeddings. */
        public Options layers(Space<Integer> values) {
            layers = new Space.Mapped<>(values, value -> Range.atLeast("layers", value, 1));
            if (values instanceof Space.Constant<Integer> one) {
                layers = Space.of(Range.atLeast("layers", one.value(), 1));
            }
            return this;
        }

        /** What is learnt together, in order; at least one must be given. */
        public Options tasks(Collection<? extends Task> values) {
            return tasks(Space.of(List.copyOf(values)));
        }

        /** What is learnt together, in order. */
        public Options tasks(Task... values) {
            return tasks(List.of(values));
        }

        /** What is learnt together, in order. */
        public Options tasks(Space<List<Task>> values) {
            tasks = values;
            return this;
        }

        /** The values of the adapter axis; at least one must be given. */
        public Options adapters(Collection<? extends Adapter> values) {
            ExperimentCheck.requireDistinct(name, "adapter", List.copyOf(values), Adapter::label, "adapter shared()");
            return adapter(anyOf(values));
        }

        /** The values of the adapter axis. */
        public Options adapters(Adapter... values) {
            return adapters(List.of(values));
        }

        /** The parameters added to the encoder; must be given. */
        public Options adapter(Space<? extends Adapter> values) {
            adapter = widened(values);
            return this;
        }

        /** The values of the sampling axis; at least one must be given. */
        public Options samplings(Collection<? extends TaskSampling> values) {
            ExperimentCheck.requireDistinct(
                    name, "sampling method", List.copyOf(values), TaskSampling::label, "sampler proportional()");
            return sampling(anyOf(values));
        }

        /** The values of the sampling axis. */
        public Options samplings(TaskSampling... values) {
            return samplings(List.of(values));
        }

        /** Which task the next batch comes from; must be given. */
        public Options sampling(Space<? extends TaskSampling> values) {
            sampling = widened(values);
            return this;
        }

        /**
         * How every trial is trained: a fresh plan over the settings from files and environment; in a variant and in a profile, the
         * experiment's plan with these options changed.
         */
        public Options training(Consumer<Training.Options> options) {
            training(Block.filled(settings.belowScript(new Training.Options(), "train"), options));
            trainingOptions = options;
            return this;
        }

        /** How every trial is trained. */
        public Options training(Training value) {
            return training(Space.of(value));
        }

        /** How trials are trained. */
        public Options training(Space<Training> values) {
            training = values;
            trainingOptions = null;
            return this;
        }

        /**
         * A variant under a name of its own: the options that it gives stand in the place of the experiment's. With one or more of
         * these the experiment has no other variants.
         */
        public Options variant(String title, Consumer<Options> options) {
            return variant(namedVariant(title, options));
        }

        /** A variant under a name of its own. */
        public Options variant(NamedVariant variant) {
            named.add(variant);
            return this;
        }

        /**
         * Another form of the whole experiment, such as one that fits a smaller machine: where the setting {@code profile} names it, the
         * options that it gives stand in the place of the experiment's, and its name is added to the experiment's.
         */
        public Options profile(String title, Consumer<Options> options) {
            return profile(namedVariant(title, options));
        }

        /** Another form of the whole experiment, taken where the setting {@code profile} names it. */
        public Options profile(NamedVariant profile) {
            profiles.add(profile);
            return this;
        }

        private NamedVariant namedVariant(String title, Consumer<Options> options) {
            Options own = new Options(name, settings);
            options.accept(own);
            return new NamedVariant(
                    title, own.encoder, own.layers, own.tasks, own.adapter, own.sampling, own::trainedOver);
        }

        /** How a variant is trained: options that were given one by one are set after the experiment's. */
        private Space<Training> trainedOver(Space<Training> experiments) {
            Consumer<Training.Options> over = trainingOptions;
            if (over != null) {
                return new Space.Mapped<>(experiments, plan -> Block.filled(plan.toBlock(), over));
            }
            return training == null ? experiments : training;
        }

        /** One trial a seed; seed 1 alone by default. */
        public Options seeds(Collection<Long> values) {
            sweep = sweep.withSeeds(List.copyOf(values));
            return this;
        }

        /** One trial a seed. */
        public Options seeds(long... values) {
            return seeds(LongStream.of(values).boxed().toList());
        }

        /** Which variants are run, and with which seeds; every one with seed 1 by default. */
        public Options sweep(Consumer<Sweep.Options> options) {
            Sweep.Options block = new Sweep.Options();
            options.accept(block);
            return sweep(block.build());
        }

        /** Which variants are run, and with which seeds. */
        public Options sweep(Sweep value) {
            sweep = value;
            return this;
        }

        /** The experiment, with the settings above the script applied last. */
        @Override
        public Experiment build() {
            if (encoder == null) {
                throw new PaletteException(
                        "experiment '%s' has no encoder; give one, e.g. encoder bertBase.uncased".formatted(name));
            }
            named.addAll(sweep.list());
            VariantSpace own = new VariantSpace(
                    encoder,
                    layers == null ? Space.of(0) : layers,
                    given("task", tasks, NamedVariant::tasks, "tasks glue.cola, glue.mrpc"),
                    given("adapter", adapter, NamedVariant::adapter, "adapter shared()"),
                    given("sampling method", sampling, NamedVariant::sampling, "sampler proportional()"),
                    training == null
                            ? Space.of(settings.belowScript(new Training.Options(), "train")
                                    .build())
                            : training);
            Optional<NamedVariant> profile =
                    settings.profile().map(asked -> NamedVariant.profile(name, profiles, asked));
            VariantSpace whole = profile.map(taken -> taken.over(own)).orElse(own);
            VariantSpace all = NamedVariant.in(whole, named);
            Sweep resolved = settings.seedsAboveScript().map(sweep::withSeeds).orElse(sweep);
            String title = profile.map(taken -> name + "-" + taken.name()).orElse(name);
            EncoderPins pins = EncoderPins.of(all.encoder(), settings.out().resolve(title), settings::hub);
            return new Experiment(title, resolved(all, pins), resolved, pins);
        }

        private VariantSpace resolved(VariantSpace s, EncoderPins pins) {
            UnaryOperator<Training> above =
                    plan -> settings.aboveScript(plan.toBlock(), "train").build();
            Space<Training> trained = s.training() instanceof Space.Constant<Training> one
                    ? Space.of(above.apply(one.value()))
                    : new Space.Mapped<>(s.training(), above);
            return new VariantSpace(
                    pins.pinned(s.encoder()), s.layers(), read(s.tasks()), s.adapter(), s.sampling(), trained);
        }

        /** The tasks with what their files tell, each read once. */
        private Space<List<Task>> read(Space<List<Task>> described) {
            Map<Task, Task> read = new HashMap<>();
            Path data = settings.dataDirectory().orElse(null);
            UnaryOperator<List<Task>> all = list -> list.stream()
                    .map(task -> read.computeIfAbsent(task, each -> readFrom(data, each)))
                    .toList();
            return described instanceof Space.Constant<List<Task>> one
                    ? Space.of(all.apply(one.value()))
                    : new Space.Mapped<>(described, all);
        }

        private static Task readFrom(@Nullable Path data, Task task) {
            try {
                return task.readFrom(data);
            } catch (PaletteException e) {
                throw new OptionException("tasks", e.getMessage()); // so that a script's line is named, too
            }
        }

        /** What must be given, be it by every named variant for itself. */
        private <T> Space<T> given(
                String kind,
                @Nullable Space<T> own,
                Function<NamedVariant, @Nullable Space<T>> ofVariant,
                String example) {
            if (own != null) {
                return own;
            }
            if (named.isEmpty() || named.stream().anyMatch(variant -> ofVariant.apply(variant) == null)) {
                throw ExperimentCheck.missing(name, kind, example);
            }
            return Objects.requireNonNull(ofVariant.apply(named.get(0)));
        }

        private static <T> Space<T> anyOf(Collection<? extends T> values) {
            return values.size() == 1 ? Space.of(values.iterator().next()) : Axis.choice(values);
        }

        @SuppressWarnings("unchecked") // a space gives values and takes none
        private static <T> Space<T> widened(Space<? extends T> space) {
            return (Space<T>) space;
        }
    }
}
