package dev.palette.search;

import dev.palette.experiment.EarlyStopping;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Point;
import dev.palette.experiment.Strategy;
import dev.palette.experiment.Sweep;
import dev.palette.experiment.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A search that goes by scores: proposes points, each with all its seeds, and judges trials on their way. What it asks and is told is
 * logged before anything hangs on it; opened again, it goes on from the log.
 *
 * <p>Unless it is synchronous, it uses a score as soon as it is there, so that what it proposes hangs on who comes first. A synchronous
 * one proposes each batch by the scores of those before it, and judges a trial by those of earlier place alone; a trial that is ahead of
 * those waits for them with a checkpoint. What it does is then what it would do with one trial after the other.
 */
public final class Study implements TrialSource, AutoCloseable {
    private final Sweep sweep;
    private final Candidates candidates;
    private final Proposer proposer;
    private final Judge judge;
    private final String metric;
    private final int points;
    private final StudyLog log;
    private final History history;

    private final List<List<Trial>> trials = new ArrayList<>();
    private final Map<Trial, List<Integer>> places = new HashMap<>();
    private final Map<Integer, Double> ended = new TreeMap<>();
    private final Set<Integer> waiting = new HashSet<>();
    private int next;

    private Study(SweepPlan plan, Judge judge, StudyLog log) {
        Experiment experiment = plan.experiment();
        this.sweep = experiment.sweep();
        this.candidates = plan.candidates();
        this.proposer = plan.proposer();
        this.points = plan.points();
        this.judge = judge;
        this.metric = sweep.metric()
                .orElseGet(() -> experiment.training().evaluate().keepBest().label());
        this.log = log;
        this.history = History.of(log.earlier());
        history.asked().forEach(this::add);
    }

    /**
     * Begins a study, or goes on with it.
     *
     * @param folder the experiment's, in which the log lies
     * @param known gives the scores by a metric of points that were there before; asked when the study begins, and logged
     */
    public static Study open(SweepPlan plan, Path folder, Function<String, List<Observation>> known) {
        Experiment experiment = plan.experiment();
        Judge judge = Judge.of(
                experiment.sweep().stopEarly(), experiment.training().evaluate().every());
        StudyLog log = StudyLog.open(folder, Fingerprint.of(plan));
        Study study = new Study(plan, judge, log);
        boolean begins = log.earlier().isEmpty();
        if (begins && experiment.sweep().strategy() instanceof Strategy.Bayes) {
            for (Observation observation : known.apply(study.metric)) {
                log.warm(observation);
                study.history.warm(observation);
            }
        }
        return study;
    }

    @Override
    public int total() {
        return points * sweep.seeds().size();
    }

    @Override
    public Optional<String> metric() {
        return Optional.of(metric);
    }

    @Override
    public boolean judges() {
        return !(sweep.stopEarly() instanceof EarlyStopping.Never);
    }

    @Override
    public Optional<Next> next() {
        Optional<Next> decided = decided();
        if (decided.isPresent()) {
            return decided;
        }
        int seeds = sweep.seeds().size();
        while (next < total() && waiting.contains(next)) {
            next++;
        }
        if (next == total() || (next / seeds == trials.size() && !ask())) {
            return Optional.empty();
        }
        int place = next++;
        if (history.last(place, Verdict.WAIT).isPresent()) { // interrupted while it waited
            waiting.add(place);
            return next();
        }
        return Optional.of(new Next(trial(place), place, stoppedAt(place)));
    }

    @Override
    public boolean isExhausted() {
        return next == total() && waiting.isEmpty();
    }

    /** A trial that waited, once it is known what becomes of it. */
    private Optional<Next> decided() {
        for (int place : waiting.stream().sorted().toList()) {
            Report report = history.last(place, Verdict.WAIT).orElseThrow();
            Judgement judgement = judgement(report);
            if (judgement.verdict() != Verdict.WAIT) {
                remember(report, judgement);
                waiting.remove(place);
                return Optional.of(new Next(trial(place), place, stoppedAt(place)));
            }
        }
        return Optional.empty();
    }

    private Optional<StoppedAt> stoppedAt(int place) {
        return history.last(place, Verdict.STOP)
                .map(report -> new StoppedAt(
                        report.step(),
                        report.score(),
                        history.judgement(report).orElseThrow().why()));
    }

    /** Proposes one more point, if the scores it hangs on are there. */
    private boolean ask() {
        int number = trials.size();
        int from = sweep.batch() == 0 ? number : number / sweep.batch() * sweep.batch();
        if (sweep.batch() > 0 && proposer.looksAtScores()) {
            for (int earlier = 0; earlier < from; earlier++) {
                if (!history.isTold(earlier)) {
                    return false;
                }
            }
        }
        Point point = proposer.propose(number, history.observed(from), history.pending(from));
        log.asked(number, point);
        history.asked(point);
        add(point);
        return true;
    }

    private void add(Point point) {
        List<Trial> ofPoint = sweep.seeds().stream()
                .map(seed -> candidates.variant(point).trial(seed))
                .toList();
        int first = trials.size() * ofPoint.size();
        for (int i = 0; i < ofPoint.size(); i++) {
            places.computeIfAbsent(ofPoint.get(i), unseen -> new ArrayList<>()).add(first + i);
        }
        trials.add(ofPoint);
    }

    private Trial trial(int place) {
        int seeds = sweep.seeds().size();
        return trials.get(place / seeds).get(place % seeds);
    }

    /** The first place of a trial; a point that is proposed twice has the same trials twice. */
    private int place(Trial trial) {
        return allPlaces(trial).get(0);
    }

    private List<Integer> allPlaces(Trial trial) {
        List<Integer> all = places.get(trial);
        if (all == null) {
            throw new IllegalArgumentException("a trial that was not asked for: " + trial.id());
        }
        return all;
    }

    @Override
    public Judgement report(Trial trial, long step, double score) {
        Report report = new Report(place(trial), step, score);
        Optional<Judgement> known = history.judgement(report); // before it was interrupted
        if (known.isPresent() && known.get().verdict() != Verdict.WAIT) {
            return known.get();
        }
        List<Report> own = history.reportsOf(report.trial()).stream()
                .filter(earlier -> earlier.step() < step)
                .toList();
        history.judged(report, Judgement.WAIT); // it is one of those that are compared
        Judgement judgement = judge.concerns(report, own) ? judgement(report) : Judgement.GO_ON;
        remember(report, judgement);
        if (judgement.verdict() == Verdict.WAIT) {
            waiting.add(report.trial());
        }
        return judgement;
    }

    private Judgement judgement(Report report) {
        if (sweep.batch() == 0) {
            return judge.judge(report, history.reports(Integer.MAX_VALUE));
        }
        for (int earlier = 0; earlier < report.trial(); earlier++) {
            boolean asFar = ended.containsKey(earlier)
                    || history.reportsOf(earlier).stream().anyMatch(other -> other.isPast(report.step()));
            if (!asFar) {
                return Judgement.WAIT;
            }
        }
        return judge.judge(report, history.reports(report.trial()));
    }

    private void remember(Report report, Judgement judgement) {
        log.reported(report, judgement);
        history.judged(report, judgement);
    }

    @Override
    public void finished(Trial trial, double score) {
        end(trial, score);
    }

    @Override
    public void stopped(Trial trial) {
        List<Report> own = history.reportsOf(place(trial));
        end(trial, own.get(own.size() - 1).score());
    }

    @Override
    public void failed(Trial trial) {
        end(trial, Double.NEGATIVE_INFINITY);
    }

    private void end(Trial trial, double score) {
        for (int place : allPlaces(trial)) {
            ended.put(place, Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score);
            tell(place / sweep.seeds().size());
        }
    }

    /** When all seeds of a point have ended, their mean is its score. */
    private void tell(int number) {
        int seeds = sweep.seeds().size();
        double sum = 0;
        for (int place = number * seeds; place < (number + 1) * seeds; place++) {
            Double its = ended.get(place);
            if (its == null) {
                return;
            }
            sum += its;
        }
        if (!history.isTold(number) || history.score(number) != sum / seeds) {
            log.told(number, sum / seeds);
            history.told(number, sum / seeds);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
