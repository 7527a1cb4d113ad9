package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.sampler.Annealed;
import dev.palette.spec.RandomStreams;
import dev.palette.task.BatchOrder;
import dev.palette.task.Head;
import dev.palette.task.LengthsOnly;
import dev.palette.task.Loss;
import dev.palette.task.Prefetch;
import dev.palette.task.TrainingOrder;
import dev.palette.train.UpcomingSteps.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UpcomingStepsTest {
    private static final int STEPS = 120;

    private final RandomStreams random = new RandomStreams(7);

    @Test
    void stepsFromTheMiddleAreThoseOfTheWholeWay() {
        List<String> whole = texts(from(0, Map.of(), plan(1, Set.of())));
        Map<String, Long> draws = new HashMap<>();
        whole.subList(0, 50).forEach(text -> draws.merge(text.substring(0, 1), 1L, Long::sum));
        assertThat(texts(from(50, draws, plan(1, Set.of())))).isEqualTo(whole.subList(50, STEPS));
    }

    @Test
    void preparedAheadTheyAreTheSame() {
        List<String> straight = texts(from(0, Map.of(), plan(1, Set.of())));
        List<String> ahead = new ArrayList<>();
        try (Prefetch<List<Input>> prefetch = new Prefetch<>(from(0, Map.of(), plan(1, Set.of())), 5)) {
            for (int i = 0; i < STEPS; i++) {
                ahead.add(text(prefetch.next()));
            }
        }
        assertThat(ahead).isEqualTo(straight);
    }

    @Test
    void whatAStepSeesHangsOnTheBatchSizeAlone() {
        assertThat(texts(from(0, Map.of(), plan(3, Set.of())))).isEqualTo(texts(from(0, Map.of(), plan(1, Set.of()))));
    }

    @Test
    void theOriginalRepeatsItsFirstPass() {
        Map<String, Long> draws = Map.of("a", 6L, "b", 10L); // an epoch of each has six and ten batches
        List<String> first = texts(from(0, Map.of(), plan(1, Set.of(Compatibility.REPLAY_FIRST_PASS))));
        List<String> later = texts(from(0, draws, plan(1, Set.of(Compatibility.REPLAY_FIRST_PASS))));
        assertThat(later).isEqualTo(first);
    }

    private UpcomingSteps from(long step, Map<String, Long> draws, Training plan) {
        List<TrainingTask> tasks = List.of(task("a", 23), task("b", 40));
        SampledTasks sampled = new SampledTasks(new Annealed(1, 0.2, 5), tasks, plan);
        return new UpcomingSteps(plan, sampled.after(0, List.of(), List.of()), random, step, STEPS, draws);
    }

    private static Training plan(int accumulate, Set<Compatibility> compatibility) {
        return new Training.Options()
                .steps(STEPS)
                .batchSize(4)
                .accumulate(accumulate)
                .compatibility(compatibility)
                .build();
    }

    private TrainingTask task(String name, int examples) {
        LengthsOnly dataset =
                new LengthsOnly(IntStream.range(0, examples).map(i -> 3 + i % 7).toArray());
        StubTask task = new StubTask(name, new Head.Sequence(2), Loss.CROSS_ENTROPY);
        return new TrainingTask(
                task, new TrainingOrder(dataset, BatchOrder.BUCKETED, 4, random, name), examples, Map.of());
    }

    private static List<String> texts(Iterator<List<Input>> inputs) {
        return Stream.generate(() -> inputs.hasNext() ? text(inputs.next()) : "")
                .takeWhile(text -> !text.isEmpty())
                .toList();
    }

    private static String text(List<Input> batches) {
        assertThat(batches).hasSize(1);
        Input input = batches.get(0);
        return input.task().task().name() + Arrays.toString(input.batch().examples());
    }
}
