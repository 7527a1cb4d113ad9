package dev.palette.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StagedTest {
    private static final TaskSizes TASKS = new TaskSizes(List.of("mnli", "qnli", "rte"), List.of(90L, 5L, 5L));

    private static List<Integer> drawn(TaskSampling sampling, int draws, double uniform) {
        TaskSampler sampler = sampling.sampler(TASKS, draws);
        return IntStream.range(0, draws)
                .mapToObj(draw -> sampler.draw(draw, uniform, List.of()))
                .toList();
    }

    @Test
    void anIntermediateTaskComesFirst() {
        Staged sampling = Staged.of(
                s -> s.stages(Only.of(o -> o.tasks("mnli")), new RoundRobin()).at(0.5));
        assertThat(drawn(sampling, 8, 0.99)).containsExactly(0, 0, 0, 0, 0, 1, 2, 0);
        assertThat(sampling.label()).isEqualTo("proportional of mnli then roundRobin");
    }

    @Test
    void aTaskJoinsLateAndAnotherLeaves() {
        Staged sampling = Staged.of(s -> s.stages(
                        Only.of(o -> o.tasks("mnli", "qnli").sampler(new RoundRobin())),
                        new RoundRobin(),
                        Only.of(o -> o.tasks("rte")))
                .at(0.4, 0.7));
        assertThat(drawn(sampling, 10, 0)).containsExactly(0, 1, 0, 1, 0, 1, 2, 2, 2, 2);
    }

    @Test
    void eachMethodIsToldOfItsOwnStage() {
        Staged sampling = Staged.of(s ->
                s.stages(Only.of(o -> o.tasks("rte")), new Annealed(1, 0, 2)).at(0.5));
        // first 90 : 5 : 5, of which 0.6 draws the first, then a third each
        assertThat(drawn(sampling, 8, 0.6)).containsExactly(2, 2, 2, 2, 0, 0, 1, 1);
    }

    @Test
    void onlyDrawsFromWhatIsLeftWhereItsTasksAreGone() {
        TaskSizes left = new TaskSizes(List.of("qnli"), List.of(5L));
        TaskSampler sampler = Only.of(o -> o.tasks("mnli")).sampler(left, 3);
        assertThat(sampler.draw(0, 0.5, List.of())).isZero();
    }

    @Test
    void whatItsMethodsAreToldItAsksFor() {
        Staged sampling = Staged.of(s -> s.stages(
                        LossDriven.of(l -> l.every(7)),
                        Only.of(o -> o.tasks("rte").sampler(Bandit.of(b -> {}))))
                .at(0.5));
        assertThat(sampling.needsScores()).isTrue();
        assertThat(sampling.isReportDue(14)).isTrue();
        assertThat(sampling.isReportDue(15)).isFalse();
    }

    @Test
    void aTaskThatIsNotTrainedIsRefused() {
        Staged sampling = Staged.of(
                s -> s.stages(Only.of(o -> o.tasks("mnlli")), new RoundRobin()).at(0.5));
        assertThatThrownBy(() -> sampling.requireTasks(TASKS.names()))
                .isInstanceOf(PaletteException.class)
                .hasMessage("unknown task 'mnlli'; did you mean 'mnli'? Known: mnli, qnli, rte.");
    }

    @Test
    void stagesThatDontFollowEachOtherAreRefused() {
        assertThatThrownBy(() -> Staged.of(
                        s -> s.stages(new RoundRobin(), new Proportional()).at(0.5, 0.2)))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "staged: at is [0.5, 0.2], expected 1 numbers that ascend between 0 and 1, where the 1 stages after the first begin");
        assertThatThrownBy(() -> Staged.of(s -> s.stages(new RoundRobin())))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("staged: stages has 1 sampling methods, expected two or more");
    }
}
