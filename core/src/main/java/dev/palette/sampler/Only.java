package dev.palette.sampler;

import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.OptionException;
import dev.palette.spec.Required;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Another method over some of the tasks: {@code only { tasks 'mnli', 'qqp'; sampler squareRoot() }}. Within {@link Staged} it says which
 * tasks a stage has, so that some come first, join late or leave. Where all of its tasks have stopped early, it draws from those that
 * are left.
 *
 * @param tasks the names of those that are drawn
 * @param sampler the method that draws among them; {@link Proportional} by default
 * @see "Phang, Févry and Bowman 2018, Sentence Encoders on STILTs, §2 (arXiv:1811.01088)"
 */
public record Only(List<String> tasks, TaskSampling sampler) implements TaskSampling {
    /** Checks that there are tasks. */
    public Only {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new OptionException("tasks", "only: tasks is empty, expected one or more: tasks 'mnli', 'qqp'");
        }
    }

    /** The method configured by a block: {@code Only.of(o -> o.tasks("mnli"))}. */
    public static Only of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "%s of %s".formatted(sampler.label(), String.join(", ", tasks));
    }

    @Override
    public boolean needsScores() {
        return sampler.needsScores();
    }

    @Override
    public boolean isReportDue(long step) {
        return sampler.isReportDue(step);
    }

    @Override
    public void requireTasks(List<String> all) {
        for (String task : tasks) {
            if (!all.contains(task)) {
                throw NearestWord.unknown("task", task, all);
            }
        }
        sampler.requireTasks(tasks);
    }

    @Override
    public TaskSampler sampler(TaskSizes all, long draws) {
        TaskSizes some = all.among(tasks);
        TaskSampler among = sampler.sampler(some, draws);
        return (draw, uniform, reports) -> all.names().indexOf(some.names().get(among.draw(draw, uniform, reports)));
    }

    /** Options of {@code only}. */
    public static final class Options implements Block<Only> {
        private List<String> tasks = List.of();
        private TaskSampling sampler = new Proportional();

        /** The names of the tasks that are drawn: {@code tasks 'mnli', 'qqp'}. Must be given. */
        @Required("tasks 'mnli', 'qqp'")
        public Options tasks(Collection<String> names) {
            tasks = List.copyOf(names);
            return this;
        }

        /** The names of the tasks that are drawn. */
        public Options tasks(String... names) {
            return tasks(List.of(names));
        }

        /** The method that draws among them; {@code proportional()} by default. */
        public Options sampler(TaskSampling method) {
            sampler = method;
            return this;
        }

        @Override
        public Only build() {
            return new Only(tasks, sampler);
        }
    }
}
