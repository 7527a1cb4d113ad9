package dev.palette.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Pal;
import dev.palette.experiment.Axis;
import dev.palette.experiment.EarlyStopping;
import dev.palette.experiment.Examples;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ModelSizes;
import dev.palette.experiment.ParameterBudget;
import dev.palette.experiment.Sweep;
import dev.palette.experiment.Template;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Where;
import dev.palette.search.TrialSource.Next;
import dev.palette.spec.PaletteException;
import dev.palette.train.EvaluationPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking, telling, judging, and going on from the log. */
class StudyTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasAskedAndToldIsThereAgain() {
        Experiment experiment = experiment(s -> s.bayes(15));
        List<Trial> first = new ArrayList<>();
        try (Study study = open(experiment)) {
            for (int i = 0; i < 12; i++) {
                Trial trial = study.next().orElseThrow().trial();
                first.add(trial);
                study.finished(trial, size(trial));
            }
        }
        List<Trial> whole = new ArrayList<>();
        try (Study study = open(experiment)) {
            drain(study, whole);
        }

        assertThat(whole).hasSize(15);
        assertThat(whole.subList(0, 12)).isEqualTo(first);
    }

    @Test
    void anInterruptedStudyProposesWhatAnUninterruptedOneDoes() {
        Experiment experiment = experiment(s -> s.bayes(20));
        List<Trial> undisturbed = new ArrayList<>();
        try (Study study = Study.open(plan(experiment), folder.resolve("other"), metric -> List.of())) {
            drain(study, undisturbed);
        }
        for (int sitting = 0; sitting < 10; sitting++) { // two more trials in each
            try (Study study = open(experiment)) {
                for (int i = 0; i < 2 * (sitting + 1); i++) {
                    Trial trial = study.next().orElseThrow().trial();
                    study.finished(trial, size(trial));
                }
            }
        }
        List<Trial> disturbed = new ArrayList<>();
        try (Study study = open(experiment)) {
            drain(study, disturbed);
        }

        assertThat(disturbed).isEqualTo(undisturbed);
    }

    @Test
    void aLineThatACrashCutOffIsDropped() throws IOException {
        Experiment experiment = experiment(s -> s.bayes(3));
        try (Study study = open(experiment)) {
            study.next();
        }
        Files.writeString(folder.resolve("search.jsonl"), "{\"ask\":1,\"poi", StandardOpenOption.APPEND);
        List<Trial> trials = new ArrayList<>();
        try (Study study = open(experiment)) {
            drain(study, trials);
        }

        assertThat(trials).hasSize(3);
        assertThat(Files.readAllLines(folder.resolve("search.jsonl"))).allMatch(line -> line.endsWith("}"));
    }

    @Test
    void anotherSearchBeginsAnewAndKeepsTheLogOfTheFirst() {
        open(experiment(s -> s.bayes(3))).close();
        open(experiment(s -> s.bayes(3).seed(2))).close();
        open(experiment(s -> s.bayes(30).seed(2))).close(); // more points of the same search

        assertThat(folder.resolve("search.jsonl.stale-1")).exists();
        assertThat(folder.resolve("search.jsonl.stale-2")).doesNotExist();
    }

    @Test
    void aSynchronousStudyWaitsForTheBatchBefore() {
        try (Study study = open(experiment(s -> s.bayes(4).seed(2).synchronous(2)))) {
            Trial first = study.next().orElseThrow().trial();
            Trial second = study.next().orElseThrow().trial();
            assertThat(study.next()).isEmpty();
            assertThat(study.isExhausted()).isFalse();
            study.finished(second, 0.2);
            assertThat(study.next()).isEmpty();
            study.finished(first, 0.1);
            assertThat(study.next()).isPresent();
        }
    }

    @Test
    void aSynchronousStudyProposesTheSameWhoeverComesFirst() {
        Experiment experiment = experiment(s -> s.bayes(24).synchronous(3));
        List<Trial> inOrder = new ArrayList<>();
        try (Study study = open(experiment)) {
            drain(study, inOrder);
        }
        List<Trial> reversed = new ArrayList<>();
        try (Study study = Study.open(plan(experiment), folder.resolve("other"), metric -> List.of())) {
            while (!study.isExhausted()) {
                List<Trial> batch = new ArrayList<>();
                for (var next = study.next(); next.isPresent(); next = study.next()) {
                    batch.add(0, next.get().trial());
                }
                batch.forEach(trial -> study.finished(trial, size(trial)));
                reversed.addAll(batch);
            }
        }

        assertThat(reversed).containsExactlyInAnyOrderElementsOf(inOrder);
    }

    @Test
    void aTrialAheadOfEarlierOnesWaitsAndIsJudgedAsIfTheyHadComeFirst() {
        try (Study study = open(halving(s -> s.synchronous(true)))) {
            Next first = study.next().orElseThrow();
            Next second = study.next().orElseThrow();

            assertThat(study.report(second.trial(), 10, 0.4)).isEqualTo(Judgement.WAIT);
            assertThat(study.report(first.trial(), 10, 0.5)).isEqualTo(Judgement.GO_ON);
            Next again = study.next().orElseThrow();
            assertThat(again.trial()).isEqualTo(second.trial());
            assertThat(again.stop()).isPresent();
        }
    }

    @Test
    void aJudgementOutlivesACrash() {
        Experiment experiment = halving(s -> {});
        Trial first;
        Trial second;
        try (Study study = open(experiment)) {
            first = study.next().orElseThrow().trial();
            second = study.next().orElseThrow().trial();
            study.report(first, 10, 0.5);
            assertThat(study.report(second, 10, 0.4).verdict()).isEqualTo(Verdict.STOP);
        }
        try (Study study = open(experiment)) {
            assertThat(study.next().orElseThrow().stop()).isEmpty();
            Next stopped = study.next().orElseThrow();
            assertThat(stopped.trial()).isEqualTo(second);
            assertThat(stopped.stop().orElseThrow().why()).contains("number 2 of 2");
            assertThat(study.report(first, 10, 0.5)).isEqualTo(Judgement.GO_ON); // resumed from before the rung
        }
    }

    @Test
    void finishedRunsCountFromTheStart() {
        Experiment experiment = experiment(s -> s.bayes(3));
        SweepPlan plan = plan(experiment);
        List<Observation> known = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            known.add(new Observation(
                    new RandomProposer(plan.candidates(), 99).propose(number, List.of(), List.of()), number));
        }
        Trial warm;
        try (Study study = Study.open(plan, folder, metric -> known)) {
            warm = study.next().orElseThrow().trial();
        }
        Trial cold;
        try (Study study = Study.open(plan, folder.resolve("other"), metric -> List.of())) {
            cold = study.next().orElseThrow().trial();
        }
        try (Study study = Study.open(plan, folder, metric -> List.of())) { // they are in its log
            assertThat(study.next().orElseThrow().trial()).isEqualTo(warm);
        }

        assertThat(warm).isNotEqualTo(cold);
    }

    @Test
    void aPointsScoreIsTheMeanOverItsSeeds() throws IOException {
        try (Study study = open(experiment(s -> s.bayes(1).seeds(1, 2)))) {
            study.finished(study.next().orElseThrow().trial(), 0.25);
            study.finished(study.next().orElseThrow().trial(), 0.75);
        }

        assertThat(Files.readString(folder.resolve("search.jsonl"))).endsWith("{\"tell\":0,\"score\":0.5}\n");
    }

    @Test
    void aBudgetLeavesTheSizesThatMeetIt() {
        Experiment experiment = experiment(s -> s.random(5).where(budget(1.02, 0.01)));

        assertThat(plan(experiment).variants())
                .isNotEmpty()
                .allSatisfy(variant ->
                        assertThat(new ModelSizes(folder).of(variant).ratio()).isBetween(1.01, 1.03));
    }

    @Test
    void aBudgetThatNothingMeetsNamesTheNearest() {
        assertThatThrownBy(() -> plan(experiment(s -> s.random(5).where(budget(3, 0.01))))
                        .variants())
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("no variant meets where { parameters … }, which allows 2.9900 to 3.0100 times")
                .hasMessageContaining("the nearest has 1.");
    }

    private static Where budget(double near, double within) {
        return new Where.Options()
                .parameters(
                        new ParameterBudget.Options().near(near).within(within).build())
                .build();
    }

    private Study open(Experiment experiment) {
        return Study.open(plan(experiment), folder, metric -> List.of());
    }

    private SweepPlan plan(Experiment experiment) {
        return SweepPlan.of(experiment, new ModelSizes(folder));
    }

    /** A search for the size of PALs. */
    private static Experiment experiment(Consumer<Sweep.Options> sweep) {
        return Experiment.of("pals", e -> {
            Examples.describe(e);
            e.adapter(Template.of(Pal.Options::new).vary("size", Pal.Options::size, Axis.integer(6, 300, 6)))
                    .training(t -> t.steps(50)
                            .evaluate(new EvaluationPlan.Options().every(10).build()))
                    .sweep(sweep);
        });
    }

    private static Experiment halving(Consumer<Sweep.Options> more) {
        return experiment(s -> {
            s.random(3).seed(2).stopEarly(new EarlyStopping.Asha(10, 3));
            more.accept(s);
        });
    }

    private static double size(Trial trial) {
        return -Math.abs(((Pal) trial.adapter()).size() - 150) / 150.0;
    }

    private static void drain(Study study, List<Trial> into) {
        for (var next = study.next(); next.isPresent(); next = study.next()) {
            Trial trial = next.get().trial();
            into.add(trial);
            study.finished(trial, size(trial));
        }
    }
}
