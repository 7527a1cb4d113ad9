package dev.palette.table;

import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.result.TrialRun;
import dev.palette.statistics.ResampledScore;
import dev.palette.task.Average;
import dev.palette.task.Split;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** One figure that runs have. */
sealed interface Measure {
    /** For programs: {@code mrpc.accuracy}, {@code average.glue}, {@code parameters}. */
    String key();

    /** For people: {@code mrpc acc}. */
    String title();

    /** What a run has; empty where it has none. */
    OptionalDouble of(RunResult result);

    /** What a run scores on examples drawn anew; empty where its predictions do not tell. */
    default Optional<ResampledScore> resampled(TrialRun run, SavedScores saved) {
        return Optional.empty();
    }

    /** Whether it is a score, of which lines are compared; not, for example, a time. */
    default boolean isScore() {
        return true;
    }

    /**
     * A metric of a task on one of the splits that are reported.
     *
     * @param task its name
     * @param split as results name it, e.g. {@code dev-mismatched}
     * @param metric as results name it
     */
    record OfTask(String task, String split, String metric) implements Measure {
        static OfTask of(Score score) {
            return new OfTask(score.task(), score.split(), score.metric());
        }

        /** What tables call the task on this split. */
        String column() {
            return isMismatched() ? task + "-mm" : task;
        }

        boolean isMismatched() {
            return split.equals(Split.DEV_MISMATCHED.label());
        }

        @Override
        public String key() {
            return column() + "." + metric;
        }

        @Override
        public String title() {
            return column() + " " + MetricNaming.brief(metric);
        }

        @Override
        public OptionalDouble of(RunResult result) {
            return in(result.scores());
        }

        OptionalDouble in(List<Score> scores) {
            return scores.stream()
                    .filter(score -> score.task().equals(task)
                            && score.split().equals(split)
                            && score.metric().equals(metric))
                    .mapToDouble(Score::value)
                    .findFirst();
        }

        @Override
        public Optional<ResampledScore> resampled(TrialRun run, SavedScores saved) {
            return saved.of(run, this);
        }
    }

    /**
     * An average over tasks: within each run first.
     *
     * @param formula how
     * @param parts all scores that a run must have for it, so that every line's average is of the same
     */
    record OfAverage(Average formula, List<OfTask> parts) implements Measure {
        @Override
        public String key() {
            return formula.label();
        }

        @Override
        public String title() {
            return formula.label();
        }

        @Override
        public OptionalDouble of(RunResult result) {
            return in(result.scores());
        }

        OptionalDouble in(List<Score> scores) {
            boolean whole = !parts.isEmpty()
                    && parts.stream().allMatch(part -> part.in(scores).isPresent());
            return whole ? RunResult.average(formula, scores) : OptionalDouble.empty();
        }

        @Override
        public Optional<ResampledScore> resampled(TrialRun run, SavedScores saved) {
            List<ResampledScore> scores = parts.stream()
                    .flatMap(part -> part.resampled(run, saved).stream())
                    .toList();
            if (scores.size() < parts.size()) {
                return Optional.empty();
            }
            return Optional.of(draw -> {
                Score[] drawn = new Score[parts.size()];
                for (int i = 0; i < drawn.length; i++) {
                    OfTask part = parts.get(i);
                    drawn[i] = new Score(
                            part.task(),
                            part.split(),
                            part.metric(),
                            scores.get(i).on(draw));
                }
                return RunResult.average(formula, List.of(drawn)).orElseThrow();
            });
        }
    }

    /**
     * Something else that a run has: a time, a size.
     *
     * @param key its word
     * @param value of a result; NaN where it has none
     */
    record OfRun(String key, ToDoubleFunction<RunResult> value) implements Measure {
        @Override
        public String title() {
            return key;
        }

        @Override
        public OptionalDouble of(RunResult result) {
            double found = value.applyAsDouble(result);
            return Double.isNaN(found) ? OptionalDouble.empty() : OptionalDouble.of(found);
        }

        @Override
        public boolean isScore() {
            return false;
        }
    }
}
