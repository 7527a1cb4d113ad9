package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.sampler.Proportional;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.TaskSampling;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the original's defects do to sampling. */
class SampledTasksTest {
    private static SampledTasks.Draws sampler(TaskSampling sampling, Compatibility... switches) {
        Training plan = new Training.Options().compatibility(Set.of(switches)).build();
        return new SampledTasks(sampling, List.of(task("cola"), task("mrpc"), task("own")), plan)
                .after(0, List.of(), List.of());
    }

    private static TrainingTask task(String name) {
        return new TrainingTask(new StubTask(name, new Head.Sequence(2), Loss.CROSS_ENTROPY), null, 1_000, Map.of());
    }

    @Test
    void tasksOfOneSizeAreDrawnAlike() {
        SampledTasks.Draws even = sampler(new Proportional());
        assertThat(List.of(
                        even.draw(0, 0.3).task().name(),
                        even.draw(0, 0.6).task().name(),
                        even.draw(0, 0.7).task().name()))
                .containsExactly("cola", "mrpc", "own");
    }

    @Test
    void underFixedTaskSizesGluesTasksHaveTheOriginalsAndOthersTheirOwn() {
        SampledTasks.Draws fixed = sampler(new Proportional(), Compatibility.FIXED_TASK_SIZES);
        double all = 6_680 + 2_865 + 1_000;
        assertThat(fixed.draw(0, 6_679 / all).task().name()).isEqualTo("cola");
        assertThat(fixed.draw(0, 6_681 / all).task().name()).isEqualTo("mrpc");
        assertThat(fixed.draw(0, 9_544 / all).task().name()).isEqualTo("mrpc");
        assertThat(fixed.draw(0, 9_546 / all).task().name()).isEqualTo("own");
    }

    @Test
    void byOfficialSizesGluesTasksAreDrawnAsIfAllOfThemWereThere() {
        Training plan = new Training.Options().taskSizes(TaskSizing.OFFICIAL).build();
        List<TrainingTask> tasks = List.of(glue(GlueLayout.RTE), glue(GlueLayout.MNLI));
        SampledTasks.Draws draws = new SampledTasks(new Proportional(), tasks, plan).after(0, List.of(), List.of());
        double all = 2_490 + 392_702;
        assertThat(draws.draw(0, 2_489 / all).task().name()).isEqualTo("rte");
        assertThat(draws.draw(0, 2_491 / all).task().name()).isEqualTo("mnli");
    }

    private static TrainingTask glue(GlueLayout layout) {
        return new TrainingTask(GlueTasks.of(layout), null, 100, Map.of());
    }

    @Test
    void underItsDefectRoundRobinStaysWithTheFirstTask() {
        SampledTasks.Draws right = sampler(new RoundRobin());
        SampledTasks.Draws defect = sampler(new RoundRobin(), Compatibility.ROUND_ROBIN_FIRST_TASK_ONLY);
        assertThat(List.of(
                        right.draw(0, 0).task().name(),
                        right.draw(1, 0).task().name(),
                        right.draw(2, 0).task().name()))
                .containsExactly("cola", "mrpc", "own");
        assertThat(List.of(
                        defect.draw(0, 0).task().name(),
                        defect.draw(1, 0).task().name(),
                        defect.draw(2, 0).task().name()))
                .containsOnly("cola");
    }

    @Test
    void otherMethodsAreLeftAloneByIt() {
        SampledTasks.Draws proportional = sampler(new Proportional(), Compatibility.ROUND_ROBIN_FIRST_TASK_ONLY);
        assertThat(proportional.draw(0, 0.7).task().name()).isEqualTo("own");
    }
}
