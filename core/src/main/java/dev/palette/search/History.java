package dev.palette.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.experiment.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a study has asked and was told, and how it judged; filled by the log of earlier sittings, then as it goes on. */
final class History {
    private final List<Observation> warm = new ArrayList<>();
    private final List<Point> asked = new ArrayList<>();
    private final SortedMap<Integer, Double> told = new TreeMap<>();
    private final List<Report> reports = new ArrayList<>();
    private final Map<Report, Judgement> judgements = new HashMap<>();

    /** What was logged. */
    static History of(List<JsonNode> lines) {
        History history = new History();
        for (JsonNode line : lines) {
            if (line.has("warm")) {
                history.warm.add(new Observation(StudyLog.point(line.get("warm")), StudyLog.score(line)));
            } else if (line.has("ask")) {
                history.asked.add(StudyLog.point(line.get("point")));
            } else if (line.has("tell")) {
                history.told(line.get("tell").asInt(), StudyLog.score(line));
            } else if (line.has("report")) {
                history.judged(
                        new Report(line.get("report").asInt(), line.get("step").asLong(), StudyLog.score(line)),
                        new Judgement(
                                Verdict.valueOf(line.get("verdict").asText()),
                                line.path("why").asText()));
            }
        }
        return history;
    }

    void warm(Observation observation) {
        warm.add(observation);
    }

    void asked(Point point) {
        asked.add(point);
    }

    List<Point> asked() {
        return asked;
    }

    void told(int number, double score) {
        told.put(number, score);
    }

    boolean isTold(int number) {
        return told.containsKey(number);
    }

    double score(int number) {
        return told.getOrDefault(number, Double.NaN);
    }

    /** Observations of the points up to a number, those that were there before the study first. */
    List<Observation> observed(int before) {
        List<Observation> observed = new ArrayList<>(warm);
        told.headMap(before).forEach((number, score) -> observed.add(new Observation(asked.get(number), score)));
        return observed;
    }

    /** Points that count as not told: those without a score, and those from a number on. */
    List<Point> pending(int from) {
        List<Point> pending = new ArrayList<>();
        for (int number = 0; number < asked.size(); number++) {
            if (number >= from || !isTold(number)) {
                pending.add(asked.get(number));
            }
        }
        return pending;
    }

    void judged(Report report, Judgement judgement) {
        reports.removeIf(other -> other.trial() == report.trial() && other.step() == report.step());
        reports.add(report);
        judgements.put(report, judgement);
    }

    /** Of trials before a place, in the order in which they came; a trial's own among them. */
    List<Report> reports(int upTo) {
        return reports.stream().filter(report -> report.trial() <= upTo).toList();
    }

    List<Report> reportsOf(int trial) {
        return reports.stream().filter(report -> report.trial() == trial).toList();
    }

    Optional<Judgement> judgement(Report report) {
        return Optional.ofNullable(judgements.get(report));
    }

    /** The report of a trial that was judged in some way, if there is one: the last. */
    Optional<Report> last(int trial, Verdict verdict) {
        List<Report> own = reportsOf(trial);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Report last = own.get(own.size() - 1);
        return judgement(last)
                .filter(judgement -> judgement.verdict() == verdict)
                .map(judgement -> last);
    }
}
