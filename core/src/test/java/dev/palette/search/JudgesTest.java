package dev.palette.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which trials go on. */
class JudgesTest {
    private final SuccessiveHalving halving = new SuccessiveHalving(10, 3);
    private final MedianStopping median = new MedianStopping(0, 3);

    @Test
    void theFirstAtARungGoesOn() {
        assertThat(halving.judge(new Report(0, 10, 0.1), List.of(new Report(0, 10, 0.1))))
                .isEqualTo(Judgement.GO_ON);
    }

    @Test
    void aWorseSecondIsStoppedAndSaysItsRank() {
        List<Report> reports = List.of(new Report(0, 10, 0.5), new Report(1, 10, 0.4));

        assertThat(halving.judge(reports.get(1), reports))
                .isEqualTo(Judgement.stop("at the rung of 10 steps it is number 2 of 2, and the best 1 go on"));
    }

    @Test
    void ofSixTheBestTwoGoOn() {
        List<Report> reports = new ArrayList<>();
        for (int trial = 0; trial < 6; trial++) {
            reports.add(new Report(trial, 30, trial / 10.0));
        }

        assertThat(halving.judge(reports.get(5), reports).verdict()).isEqualTo(Verdict.GO_ON);
        assertThat(halving.judge(reports.get(4), reports).verdict()).isEqualTo(Verdict.GO_ON);
        assertThat(halving.judge(reports.get(3), reports).verdict()).isEqualTo(Verdict.STOP);
    }

    @Test
    void aRungIsJudgedOnceAtTheFirstEvaluationPastIt() {
        assertThat(halving.concerns(new Report(0, 8, 0.1), List.of())).isFalse();
        assertThat(halving.concerns(new Report(0, 12, 0.1), List.of(new Report(0, 8, 0.1))))
                .isTrue();
        assertThat(halving.concerns(new Report(0, 16, 0.1), List.of(new Report(0, 12, 0.1))))
                .isFalse();
        assertThat(halving.concerns(new Report(0, 32, 0.1), List.of(new Report(0, 16, 0.1))))
                .isTrue();
    }

    @Test
    void belowTheMedianOfTheOthersMeansATrialIsStopped() {
        List<Report> reports = new ArrayList<>();
        for (int trial = 0; trial < 3; trial++) { // means up to step 20: 0.2, 0.3, 0.4
            reports.add(new Report(trial, 10, 0.1 * (trial + 1)));
            reports.add(new Report(trial, 20, 0.1 * (trial + 3)));
        }
        Report below = new Report(3, 20, 0.29);
        Report above = new Report(3, 20, 0.31);

        assertThat(median.judge(below, and(reports, below)))
                .isEqualTo(
                        Judgement.stop("after 20 steps its best score is 0.2900, below the median 0.3000 of 3 others"));
        assertThat(median.judge(above, and(reports, above))).isEqualTo(Judgement.GO_ON);
    }

    @Test
    void theMedianRuleWaitsForEnoughOthersAndEnoughSteps() {
        List<Report> two = List.of(new Report(0, 20, 0.9), new Report(1, 20, 0.9), new Report(2, 20, 0.1));

        assertThat(median.judge(two.get(2), two)).isEqualTo(Judgement.GO_ON);
        assertThat(new MedianStopping(50, 1).concerns(two.get(2), List.of())).isFalse();
    }

    private static List<Report> and(List<Report> reports, Report more) {
        List<Report> all = new ArrayList<>(reports);
        all.add(more);
        return all;
    }
}
