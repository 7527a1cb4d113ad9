package dev.palette.sampler;

import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import dev.palette.spec.Required;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One method after another: {@code staged { stages only { tasks 'mnli' }, squareRoot(); at 0.2 }} trains on an intermediate task for the
 * first fifth of the batches (Phang et al. 2018) and on all tasks then. A task joins late that the first stages leave out, and leaves
 * that the last ones do. Each method is told of its own stage: {@code annealed} falls from the stage's first batch to its last.
 *
 * @param stages the methods, in order; two or more
 * @param at where each but the first begins, as a part of all batches: one number less than methods, ascending between 0 and 1
 * @see "Phang, Févry and Bowman 2018, Sentence Encoders on STILTs, §2 (arXiv:1811.01088)"
 */
public record Staged(List<TaskSampling> stages, List<Double> at) implements TaskSampling {
    /** Checks that the stages follow each other. */
    public Staged {
        stages = List.copyOf(stages);
        at = List.copyOf(at);
        if (stages.size() < 2) {
            throw new OptionException(
                    "stages",
                    "staged: stages has %d sampling methods, expected two or more: stages only { tasks 'mnli' }, squareRoot()"
                            .formatted(stages.size()));
        }
        boolean ascending = at.size() == stages.size() - 1;
        double before = 0;
        for (double begin : at) {
            ascending &= begin > before && begin < 1;
            before = begin;
        }
        if (!ascending) {
            throw new OptionException(
                    "at",
                    "staged: at is %s, expected %d numbers that ascend between 0 and 1, where the %d stages after the first begin"
                            .formatted(at, stages.size() - 1, stages.size() - 1));
        }
    }

    /** The method configured by a block: {@code Staged.of(s -> s.stages(Only.of(o -> o.tasks("mnli")), new SquareRoot()).at(0.2))}. */
    public static Staged of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return stages.stream().map(TaskSampling::label).collect(Collectors.joining(" then "));
    }

    @Override
    public boolean needsScores() {
        return stages.stream().anyMatch(TaskSampling::needsScores);
    }

    @Override
    public boolean isReportDue(long step) {
        return stages.stream().anyMatch(stage -> stage.isReportDue(step));
    }

    @Override
    public void requireTasks(List<String> tasks) {
        stages.forEach(stage -> stage.requireTasks(tasks));
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        long[] begins = IntStream.rangeClosed(0, stages.size())
                .mapToLong(stage -> begin(stage, draws))
                .toArray();
        List<TaskSampler> samplers = IntStream.range(0, stages.size())
                .mapToObj(stage -> stages.get(stage).sampler(tasks, Math.max(1, begins[stage + 1] - begins[stage])))
                .toList();
        return (draw, uniform, reports) -> {
            int stage = stages.size() - 1;
            while (draw < begins[stage]) {
                stage--;
            }
            return samplers.get(stage).draw(draw - begins[stage], uniform, reports);
        };
    }

    private long begin(int stage, long draws) {
        if (stage == 0) {
            return 0;
        }
        return stage == stages.size() ? draws : Math.round(at.get(stage - 1) * draws);
    }

    /** Options of {@code staged}. */
    public static final class Options implements Block<Staged> {
        private List<TaskSampling> stages = List.of();
        private List<Double> at = List.of();

        /** The methods, in order: {@code stages only { tasks 'mnli' }, squareRoot()}. Must be given. */
        @Required("stages only { tasks 'mnli' }, squareRoot()")
        public Options stages(Collection<? extends TaskSampling> methods) {
            stages = List.copyOf(methods);
            return this;
        }

        /** The methods, in order. */
        public Options stages(TaskSampling... methods) {
            return stages(List.of(methods));
        }

        /** Where each method but the first begins, as a part of all batches: {@code at 0.2}. Must be given. */
        @Required("at 0.2")
        public Options at(Collection<Double> parts) {
            at = List.copyOf(parts);
            return this;
        }

        /** Where each method but the first begins. */
        public Options at(Double... parts) {
            return at(List.of(parts));
        }

        @Override
        public Staged build() {
            return new Staged(stages, at);
        }
    }
}
