package dev.palette.task;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** How one figure is made of many tasks' metrics. An average is never printed without its name. */
public enum Average {
    /**
     * The GLUE leaderboard's: the mean of each task's metrics, MNLI's two dev sets counting as one task, then the mean over
     * tasks (Wang et al. 2019).
     */
    GLUE {
        @Override
        DoubleStream terms(Collection<List<Scores>> tasks) {
            return byTask(tasks);
        }
    },

    /** The SuperGLUE leaderboard's: the mean of each task's metrics, then the mean over tasks (Wang et al. 2019b, §4). */
    SUPERGLUE {
        @Override
        DoubleStream terms(Collection<List<Scores>> tasks) {
            return byTask(tasks);
        }
    },

    /**
     * Stickland &amp; Murray's (2019): the mean over columns, one metric each: F1 for QQP and MRPC, Pearson for STS-B, Matthews
     * for CoLA, accuracy for the rest, and MNLI matched and mismatched as two columns.
     *
     * <p>The paper does not say so; this is what gives the averages it prints for its own models (79.9, 79.6 and 80.4), where
     * Spearman for STS-B, or accuracy for QQP and MRPC, does not. For a task beyond these, the column is F1 if it is among the
     * task's metrics, else the first of them. It serves any subset of tasks.
     */
    PAPER {
        @Override
        DoubleStream terms(Collection<List<Scores>> tasks) {
            return tasks.stream().flatMap(List::stream).mapToDouble(Scores::paperColumn);
        }
    },

    /**
     * What the code of Stickland &amp; Murray (2019) chooses its checkpoint by, divided by the number of tasks: the first metric of
     * each task's first dev set; accuracy for QQP and MRPC, unlike {@link #PAPER}.
     */
    ORIGINAL {
        @Override
        DoubleStream terms(Collection<List<Scores>> tasks) {
            return tasks.stream().mapToDouble(task -> task.get(0).first());
        }
    };

    /** Those that are written down for every run: SuperGLUE's is GLUE's formula under its own name, for whoever asks for it. */
    public static List<Average> logged() {
        return List.of(GLUE, PAPER, ORIGINAL);
    }

    private static DoubleStream byTask(Collection<List<Scores>> tasks) {
        return tasks.stream()
                .mapToDouble(task ->
                        task.stream().mapToDouble(Scores::mean).average().orElseThrow());
    }

    /** What tables print, e.g. {@code average.glue}. */
    public String label() {
        return "average." + name().toLowerCase(Locale.ROOT);
    }

    /**
     * The average, as a fraction of 1.
     *
     * @param byTask for each task by name, the scores of its {@linkplain Task#evaluations() evaluations}: one, for MNLI two; at
     *     least one task
     */
    public double of(Map<String, List<Scores>> byTask) {
        return terms(byTask.values())
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no task to average over"));
    }

    abstract DoubleStream terms(Collection<List<Scores>> tasks);
}
