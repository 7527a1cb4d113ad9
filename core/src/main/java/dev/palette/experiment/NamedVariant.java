package dev.palette.experiment;

import dev.palette.adapter.Adapter;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.NearestWord;
import dev.palette.spec.OptionException;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One of a list of variants that are compared under names of their own: what it has in the place of the experiment's values. What it
 * does not give, null, is the experiment's.
 *
 * @param name what it is called
 * @param encoder where its encoder comes from
 * @param layers layers kept
 * @param tasks what is learnt together
 * @param adapter the parameters added to the encoder
 * @param sampling which task the next batch comes from
 * @param training makes of the experiment's training its own
 */
public record NamedVariant(
        String name,
        @Nullable Space<EncoderSource> encoder,
        @Nullable Space<Integer> layers,
        @Nullable Space<List<Task>> tasks,
        @Nullable Space<Adapter> adapter,
        @Nullable Space<TaskSampling> sampling,
        UnaryOperator<Space<Training>> training) {

    /** The name of the axis that a list of variants makes. */
    public static final String AXIS = "variant";

    /** The space in which each of some variants, if there are any, stands in the place of what the experiment has. */
    static VariantSpace in(VariantSpace experiment, List<NamedVariant> variants) {
        if (variants.isEmpty()) {
            return experiment;
        }
        Axis<String> axis =
                Axis.choice(variants.stream().map(NamedVariant::name).toList()).named(AXIS);
        return new VariantSpace(
                tied(axis, variants, NamedVariant::encoder, experiment.encoder()),
                tied(axis, variants, NamedVariant::layers, experiment.layers()),
                tied(axis, variants, NamedVariant::tasks, experiment.tasks()),
                tied(axis, variants, NamedVariant::adapter, experiment.adapter()),
                tied(axis, variants, NamedVariant::sampling, experiment.sampling()),
                tied(
                        axis,
                        variants,
                        variant -> variant.training().apply(experiment.training()),
                        experiment.training()));
    }

    /** What is left of an experiment's space where it has what this gives. */
    VariantSpace over(VariantSpace experiment) {
        return new VariantSpace(
                encoder == null ? experiment.encoder() : encoder,
                layers == null ? experiment.layers() : layers,
                tasks == null ? experiment.tasks() : tasks,
                adapter == null ? experiment.adapter() : adapter,
                sampling == null ? experiment.sampling() : sampling,
                training.apply(experiment.training()));
    }

    /**
     * The profile of a name.
     *
     * @throws OptionException when the experiment has none that is called so
     */
    static NamedVariant profile(String experiment, List<NamedVariant> profiles, String name) {
        if (profiles.isEmpty()) {
            throw new OptionException(
                    "profiles",
                    "experiment '%s' has no profiles, so that profile '%s' cannot be taken; leave the setting profile out, or write profiles variant('%s') { … }"
                            .formatted(experiment, name, name));
        }
        return profiles.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new OptionException("profiles", unknown(profiles, name)));
    }

    private static String unknown(List<NamedVariant> profiles, String name) {
        List<String> known = profiles.stream().map(NamedVariant::name).toList();
        return String.valueOf(NearestWord.unknown("profile", name, known).getMessage());
    }

    private static <T> Space<T> tied(
            Axis<?> axis,
            List<NamedVariant> variants,
            Function<NamedVariant, @Nullable Space<T>> own,
            Space<T> experiments) {
        List<Space<T>> values = new ArrayList<>();
        for (NamedVariant variant : variants) {
            Space<T> given = own.apply(variant);
            values.add(given == null ? experiments : given);
        }
        return values.stream().allMatch(experiments::equals) ? experiments : new Space.Tied<>(axis, values);
    }
}
