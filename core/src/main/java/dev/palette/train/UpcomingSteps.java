package dev.palette.train;

import dev.palette.spec.RandomStreams;
import dev.palette.task.Batch;
import dev.palette.train.UpcomingSteps.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What the steps still to come compute on, step by step: one batch or several, each of a task, the next of its batches. All of it follows from the seed and
 * from where training stands, so it can be prepared before the steps that go before are taken; until the sampler is told again of what
 * became of them.
 */
final class UpcomingSteps implements Iterator<List<Input>> {
    private final Training plan;
    private final SampledTasks.Draws sampled;
    private final RandomStreams random;
    private final Map<String, Long> draws;
    private final long end;
    private long step;

    /**
     * The steps from here on.
     *
     * @param step the number of steps done
     * @param end the number of steps done after the last of them
     * @param draws batches taken from each task so far
     */
    UpcomingSteps(
            Training plan,
            SampledTasks.Draws sampled,
            RandomStreams random,
            long step,
            long end,
            Map<String, Long> draws) {
        this.plan = plan;
        this.sampled = sampled;
        this.random = random;
        this.step = step;
        this.end = end;
        this.draws = new HashMap<>(draws);
    }

    /**
     * One batch of a step.
     *
     * @param task the task that was drawn
     * @param batch the next of its batches
     */
    record Input(TrainingTask task, Batch batch) {}

    @Override
    public boolean hasNext() {
        return step < end;
    }

    @Override
    public List<Input> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("%d steps are done".formatted(end));
        }
        List<Input> batches = new ArrayList<>();
        for (int i = 0; i < plan.batchesPerStep(); i++) {
            batches.add(input(step * plan.batchesPerStep() + i));
        }
        step++;
        return batches;
    }

    private Input input(long draw) {
        TrainingTask drawn = sampled.draw(draw, random.uniform("task", draw));
        String name = drawn.task().name();
        long taken = draws.getOrDefault(name, 0L);
        long number = plan.reproduces(Compatibility.REPLAY_FIRST_PASS)
                ? taken % drawn.order().batchesPerEpoch()
                : taken;
        draws.put(name, taken + 1);
        return new Input(drawn, drawn.order().batch(number));
    }
}
