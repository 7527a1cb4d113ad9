package dev.palette.train;

import dev.palette.sampler.TaskSampler;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Batch;
import dev.palette.train.UpcomingSteps.Input;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What the steps still to come compute on, step by step: a task, and the next of its batches. All of it follows from the seed and
 * from where training stands, so it can be prepared before the steps that go before are taken.
 */
final class UpcomingSteps implements Iterator<Input> {
    private final Training plan;
    private final List<TrainingTask> tasks;
    private final TaskSampler sampler;
    private final RandomStreams random;
    private final Map<String, Long> draws;
    private long step;

    /**
     * The steps from here on.
     *
     * @param step the number of steps done
     * @param draws batches taken from each task so far
     */
    UpcomingSteps(
            Training plan,
            List<TrainingTask> tasks,
            TaskSampler sampler,
            RandomStreams random,
            long step,
            Map<String, Long> draws) {
        this.plan = plan;
        this.tasks = tasks;
        this.sampler = sampler;
        this.random = random;
        this.step = step;
        this.draws = new HashMap<>(draws);
    }

    /**
     * One step's input.
     *
     * @param task the task that was drawn
     * @param batch the next of its batches
     */
    record Input(TrainingTask task, Batch batch) {}

    @Override
    public boolean hasNext() {
        return step < plan.steps();
    }

    @Override
    public Input next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all %d steps are done".formatted(plan.steps()));
        }
        TrainingTask drawn = tasks.get(sampler.draw(step, random.uniform("task", step)));
        String name = drawn.task().name();
        long taken = draws.getOrDefault(name, 0L);
        long number = plan.reproduces(Compatibility.REPLAY_FIRST_PASS)
                ? taken % drawn.order().batchesPerEpoch()
                : taken;
        draws.put(name, taken + 1);
        step++;
        return new Input(drawn, drawn.order().batch(number));
    }
}
