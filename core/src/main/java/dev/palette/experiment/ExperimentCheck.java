package dev.palette.experiment;

import dev.palette.spec.OptionException;
import dev.palette.spec.PaletteException;
import dev.palette.task.Task;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Selection;
import dev.palette.train.TaskSizing;
import dev.palette.train.Training;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Whether an experiment can be run, and its trials told apart. */
final class ExperimentCheck {
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private ExperimentCheck() {}

    /** How messages name an experiment. */
    static String where(String name) {
        return "experiment '" + name + "'";
    }

    static void requireName(String name) {
        if (!FOLDER.matcher(name).matches()) {
            throw new PaletteException(
                    "experiment name '%s' cannot name a folder: use letters, digits, '-', '_' and '.', with a letter or digit first"
                            .formatted(name));
        }
    }

    static void requireSomethingToSearch(String name, VariantSpace space) {
        if (space.isConstant()) {
            throw new PaletteException(
                    "%s has nothing to search: no option has an axis for its value; give one, e.g. learningRate logUniform(1e-5, 1e-3), or leave random and bayes out of sweep"
                            .formatted(where(name)));
        }
    }

    /** Whether every axis that a sweep names is one of the experiment's. */
    static void requireInPlace(VariantSpace space, List<Axis<?>> grid) {
        List<Axis<?>> placed = Dimensions.of(space).axes();
        for (Axis<?> axis : grid) {
            if (placed.stream().noneMatch(axis::equals)) {
                throw new OptionException(
                        "sweep",
                        "grid names %s, which stands nowhere in the experiment; give it to an option, such as adapter or sampler"
                                .formatted(axis.title()));
            }
        }
    }

    /** Whether options that have met no earlier go together. */
    static void requireTrainable(String name, Variant variant) {
        requireDistinct(name, "task", variant.tasks(), Task::name, "tasks glue.cola, glue.mrpc");
        for (Task task : variant.tasks()) {
            if (task.testOnly()) {
                throw new PaletteException(
                        "%s: task '%s' has no training examples, only a test set; leave it out of the tasks it trains"
                                .formatted(where(name), task.name()));
            }
        }
        variant.training().requireConsistent();
        requireSizes(name, variant);
        requireDrawable(name, variant);
    }

    /** Whether the published sizes are known, where it is drawn by them. */
    private static void requireSizes(String name, Variant variant) {
        for (Task task : variant.tasks()) {
            if (variant.training().taskSizes() == TaskSizing.OFFICIAL
                    && task.officialExamples().isEmpty()) {
                throw new PaletteException(
                        "%s: train.taskSizes is official, but no official size is known of task '%s'; leave it out, or train on GLUE's own tasks alone"
                                .formatted(where(name), task.name()));
            }
        }
    }

    /** Whether the sampler knows the tasks, and is told what it goes by. */
    private static void requireDrawable(String name, Variant variant) {
        try {
            variant.sampling()
                    .requireTasks(variant.tasks().stream().map(Task::name).toList());
        } catch (OptionException e) {
            throw e;
        } catch (PaletteException e) {
            throw new OptionException("sampler", e.getMessage());
        }
        Training training = variant.training();
        training.attendance()
                .requireTasks(variant.tasks().stream().map(Task::name).toList(), training.steps());
        training.balance().requireTasks(variant.tasks().stream().map(Task::name).toList());
        EvaluationPlan evaluate = training.evaluate();
        boolean scored = evaluate.every() > 0 && !(evaluate.selectOn() instanceof Selection.Nothing);
        if (variant.sampling().needsScores() && !scored) {
            throw new PaletteException(
                    "%s: sampler %s goes by the tasks' scores while they are trained, and there are none; write train { evaluate { every 500; selectOn holdout(0.1) } }"
                            .formatted(where(name), variant.sampling().label()));
        }
        if (training.attendance().stopsTasks() && !scored) {
            throw new PaletteException(
                    "%s: train.attendance.patience is %d, but no task has scores while it is trained; write train { evaluate { every 500; selectOn holdout(0.1) } }"
                            .formatted(where(name), training.attendance().patience()));
        }
    }

    static <T> void requireDistinct(
            String name, String kind, List<? extends T> values, Function<T, String> label, String example) {
        if (values.isEmpty()) {
            throw missing(name, kind, example);
        }
        Set<String> seen = new HashSet<>();
        for (T value : values) {
            if (!seen.add(label.apply(value))) {
                throw new PaletteException(
                        "%s has two values '%s' for its %s; they could not be told apart in its table"
                                .formatted(where(name), label.apply(value), kind));
            }
        }
    }

    static PaletteException missing(String name, String kind, String example) {
        return new PaletteException("%s has no %s; give at least one, e.g. %s".formatted(where(name), kind, example));
    }
}
