package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.sampler.Proportional;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.TaskSampler;
import dev.palette.sampler.TaskSampling;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the original's defects do to sampling. */
class SampledTasksTest {
    private static TaskSampler sampler(TaskSampling sampling, Compatibility... switches) {
        Training plan = new Training.Options().compatibility(Set.of(switches)).build();
        return SampledTasks.sampler(sampling, List.of(task("cola"), task("mrpc"), task("own")), plan);
    }

    private static TrainingTask task(String name) {
        return new TrainingTask(new StubTask(name, new Head.Sequence(2), Loss.CROSS_ENTROPY), null, 1_000, Map.of());
    }

    @Test
    void tasksOfOneSizeAreDrawnAlike() {
        TaskSampler even = sampler(new Proportional());
        assertThat(List.of(even.draw(0, 0.3), even.draw(0, 0.6), even.draw(0, 0.7)))
                .containsExactly(0, 1, 2);
    }

    @Test
    void underFixedTaskSizesGluesTasksHaveTheOriginalsAndOthersTheirOwn() {
        TaskSampler fixed = sampler(new Proportional(), Compatibility.FIXED_TASK_SIZES);
        double all = 6_680 + 2_865 + 1_000;
        assertThat(fixed.draw(0, 6_679 / all)).isZero();
        assertThat(fixed.draw(0, 6_681 / all)).isEqualTo(1);
        assertThat(fixed.draw(0, 9_544 / all)).isEqualTo(1);
        assertThat(fixed.draw(0, 9_546 / all)).isEqualTo(2);
    }

    @Test
    void underItsDefectRoundRobinStaysWithTheFirstTask() {
        TaskSampler right = sampler(new RoundRobin());
        TaskSampler defect = sampler(new RoundRobin(), Compatibility.ROUND_ROBIN_FIRST_TASK_ONLY);
        assertThat(List.of(right.draw(0, 0), right.draw(1, 0), right.draw(2, 0)))
                .containsExactly(0, 1, 2);
        assertThat(List.of(defect.draw(0, 0), defect.draw(1, 0), defect.draw(2, 0)))
                .containsOnly(0);
    }

    @Test
    void otherMethodsAreLeftAloneByIt() {
        TaskSampler proportional = sampler(new Proportional(), Compatibility.ROUND_ROBIN_FIRST_TASK_ONLY);
        assertThat(proportional.draw(0, 0.7)).isEqualTo(2);
    }
}
