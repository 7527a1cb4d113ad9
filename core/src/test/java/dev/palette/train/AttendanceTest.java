package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.sampler.TaskReport;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who can be drawn when follows from the plan and the evaluations alone. */
class AttendanceTest {
    private static final List<String> TASKS = List.of("a", "b", "c");

    private static PresentTasks present(Attendance plan) {
        plan.requireTasks(TASKS, 100);
        return new PresentTasks(plan, TASKS, 100);
    }

    /** Scores of a at evaluations every ten steps; b gains always, and c at the first alone. */
    private static List<TaskReport> evaluations(double... ofA) {
        List<TaskReport> reports = new ArrayList<>();
        for (int i = 0; i < ofA.length; i++) {
            reports.add(new TaskReport(10L * (i + 1), Map.of(), Map.of("a", ofA[i], "b", i / 100.0, "c", 0.5)));
        }
        return reports;
    }

    @Test
    void tasksJoinAndLeaveAtStepsOrShares() {
        PresentTasks present = present(new Attendance(Map.of("a", 0.25, "b", 3.0), Map.of("c", 0.5, "b", 90.0), 0));

        assertThat(present.drawable(0, List.of())).containsExactly("c");
        assertThat(present.drawable(3, List.of())).containsExactly("b", "c");
        assertThat(present.drawable(24, List.of())).containsExactly("b", "c");
        assertThat(present.drawable(25, List.of())).containsExactly("a", "b", "c");
        assertThat(present.drawable(50, List.of())).containsExactly("a", "b");
        assertThat(present.drawable(90, List.of())).containsExactly("a");
        assertThat(List.of(3L, 25L, 50L, 90L)).allMatch(present::changesAt);
        assertThat(List.of(1L, 24L, 26L)).noneMatch(present::changesAt);
        assertThat(present.changes(25, List.of())).containsExactly(new PresentTasks.Change("a", true, "joins"));
        assertThat(present.changes(90, List.of())).containsExactly(new PresentTasks.Change("b", false, "leaves"));
        assertThat(present.changes(26, List.of())).isEmpty();
    }

    @Test
    void aTaskStopsWhenEnoughEvaluationsInARowHaveNoBetterScore() {
        PresentTasks present = present(Attendance.of(a -> a.patience(2)));

        assertThat(present.stoppedAt("a", evaluations(0.1, 0.2, 0.2, 0.3, 0.3))).isEmpty();
        assertThat(present.stoppedAt("a", evaluations(0.1, 0.2, 0.2, 0.3, 0.3, 0.1, 0.9)))
                .isEqualTo(OptionalLong.of(60));
        assertThat(present.stoppedAt("a", evaluations(Double.NaN, Double.NaN))).isEqualTo(OptionalLong.of(20));
        assertThat(present.drawable(30, evaluations(0.1, 0.2, 0.3))).containsExactly("a", "b");
        assertThat(present.changes(30, evaluations(0.1, 0.2, 0.3)))
                .containsExactly(new PresentTasks.Change("c", false, "stops: no better score in 2 evaluations"));
    }

    @Test
    void evaluationsBeforeATaskJoinedDoNotCount() {
        PresentTasks present = present(new Attendance(Map.of("c", 20.0), Map.of(), 2));

        assertThat(present.stoppedAt("c", evaluations(1, 2, 3, 4))).isEmpty();
        assertThat(present.stoppedAt("c", evaluations(1, 2, 3, 4, 5))).isEqualTo(OptionalLong.of(50));
    }

    @Test
    void trainingIsOverWhenAllHaveStoppedAndNoneIsToJoin() {
        PresentTasks present = new PresentTasks(Attendance.of(a -> a.patience(1)), List.of("a", "c"), 100);
        assertThat(present.drawable(20, evaluations(0.2, 0.1))).isEmpty();

        PresentTasks waiting = new PresentTasks(new Attendance(Map.of("b", 40.0), Map.of(), 1), TASKS, 100);
        assertThat(waiting.drawable(20, evaluations(0.2, 0.1))).containsExactly("a", "c");
        assertThat(waiting.drawable(40, evaluations(0.2, 0.1, 0.1, 0.1))).containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x | 0.5 | a | 0.9 | unknown task 'x'; did you mean
            a | 0.5 | a | 50  | task 'a' joins after 50 steps and leaves after 50
            a | 1.5 | b | 0.9 | join of 'a' is 1.5, expected a share of the steps between 0 and 1, or a whole number
            a | 0   | b | 0.9 | join of 'a' is 0.0, expected a share
            """)
    void whatCannotBeIsRefused(String joins, double from, String leaves, double to, String message) {
        assertThatThrownBy(() -> new Attendance(Map.of(joins, from), Map.of(leaves, to), 0).requireTasks(TASKS, 100))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(message);
    }

    @Test
    void someTaskIsAlwaysThere() {
        assertThatThrownBy(
                        () -> new Attendance(Map.of("a", 0.5), Map.of("b", 0.4, "c", 30.0), 0).requireTasks(TASKS, 100))
                .hasMessageContaining("attendance: no task is there after 40 of 100 steps");
    }
}
