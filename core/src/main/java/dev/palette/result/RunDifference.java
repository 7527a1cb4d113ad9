package dev.palette.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.experiment.StrictJson;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is otherwise in one run than in another: what was asked, by what it was made, and what was found.
 *
 * @param changes by what they are about; those of which nothing changed are not there
 */
public record RunDifference(Map<Part, List<Change>> changes) {
    /** What a change is about. */
    public enum Part {
        /** The trial: every option. */
        ASKED("asked"),
        /** Palette's version and commit, the version of its numerics, and the libraries that compute. */
        CODE("code and libraries"),
        /** Java, system, processor, device, kernels and threads: the last bits of numbers hang on them. */
        MACHINE("machine"),
        /** The pretrained weights and each data file, by SHA-256. */
        DATA("weights and data"),
        /** Scores, the step that was kept, sizes; and where the same was asked, every loss and score on the way. */
        NUMBERS("numbers"),
        /** Time and memory. */
        COST("time and memory");

        private final String title;

        Part(String title) {
            this.title = title;
        }
    }

    /** Copies the map. */
    public RunDifference {
        Map<Part, List<Change>> copy = new EnumMap<>(Part.class);
        changes.forEach((part, list) -> {
            if (!list.isEmpty()) {
                copy.put(part, List.copyOf(list));
            }
        });
        changes = copy;
    }

    /**
     * Compares two runs; where one has no result, what was found is not compared.
     *
     * @throws PaletteException when a file of either is damaged
     */
    public static RunDifference of(StoredRun before, StoredRun now) {
        Map<Part, List<Change>> changes = new EnumMap<>(Part.class);
        List<Change> asked = JsonFields.changes(JsonFields.of(before.trial()), JsonFields.of(now.trial()));
        changes.put(Part.ASKED, asked);
        madeBy(before.provenance(), now.provenance(), changes);
        Optional<RunResult> was = before.result();
        Optional<RunResult> is = now.result();
        if (was.isPresent() && is.isPresent()) {
            List<Change> numbers = numbers(was.get(), is.get());
            if (asked.isEmpty()) {
                new MetricsDifference(before.metrics(), now.metrics()).change().ifPresent(numbers::add);
            }
            changes.put(Part.NUMBERS, numbers);
            changes.put(Part.COST, cost(was.get(), is.get()));
        }
        return new RunDifference(changes);
    }

    /** The changes of one kind; empty when there are none. */
    public List<Change> of(Part part) {
        return changes.getOrDefault(part, List.of());
    }

    private static void madeBy(Provenance before, Provenance now, Map<Part, List<Change>> changes) {
        for (Change change : JsonFields.changes(fields(before), fields(now))) {
            Part part = part(change.field());
            Change shown = part == Part.DATA
                    ? new Change(change.field(), brief(change.before()), brief(change.now()))
                    : change;
            changes.computeIfAbsent(part, unseen -> new ArrayList<>()).add(shown);
        }
    }

    /** The beginning of a hash, which tells it apart. */
    private static String brief(String hash) {
        String digits = hash.replace("\"", "");
        return digits.substring(0, Math.min(12, digits.length()));
    }

    private static SortedMap<String, String> fields(Provenance provenance) {
        ObjectNode tree = StrictJson.mapper().valueToTree(provenance);
        tree.remove(List.of("started", "seed")); // the one is never the same, the other was asked for
        return JsonFields.of(tree);
    }

    private static Part part(String field) {
        String first = field.split("\\.", 2)[0];
        return switch (first) {
            case "palette", "commit", "numerics", "libraries" -> Part.CODE;
            case "weights", "data" -> Part.DATA;
            default -> Part.MACHINE;
        };
    }

    private static List<Change> numbers(RunResult before, RunResult now) {
        SortedMap<String, Double> was = scores(before);
        SortedMap<String, Double> is = scores(now);
        List<Change> changes = new ArrayList<>();
        SortedMap<String, Double> all = new TreeMap<>(was);
        all.putAll(is);
        for (String score : all.keySet()) {
            Double first = was.get(score);
            Double second = is.get(score);
            if (first == null || !first.equals(second)) {
                changes.add(new Change(score, percent(first, second), percent(second, first)));
            }
        }
        JsonNode sizes = StrictJson.mapper().valueToTree(before.parameters());
        JsonNode others = StrictJson.mapper().valueToTree(now.parameters());
        JsonFields.changes(JsonFields.of(sizes), JsonFields.of(others))
                .forEach(change ->
                        changes.add(new Change("parameters." + change.field(), change.before(), change.now())));
        if (before.bestStep() != now.bestStep()) {
            changes.add(new Change("best step", Integer.toString(before.bestStep()), Integer.toString(now.bestStep())));
        }
        return changes;
    }

    private static SortedMap<String, Double> scores(RunResult result) {
        SortedMap<String, Double> scores = new TreeMap<>();
        result.scores()
                .forEach(score ->
                        scores.put("%s %s %s".formatted(score.task(), score.split(), score.metric()), score.value()));
        return scores;
    }

    /** In hundredths as tables have it; with every digit where two would look alike. */
    private static String percent(@Nullable Double value, @Nullable Double other) {
        if (value == null) {
            return Change.ABSENT;
        }
        String rounded = String.format(Locale.ROOT, "%.2f", 100 * value);
        boolean alike = other != null && rounded.equals(String.format(Locale.ROOT, "%.2f", 100 * other));
        return alike ? Double.toString(100 * value) : rounded;
    }

    private static List<Change> cost(RunResult before, RunResult now) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(
                "training",
                String.format(Locale.ROOT, "%.1f s", before.trainSeconds()),
                String.format(Locale.ROOT, "%.1f s", now.trainSeconds())));
        changes.add(new Change("memory", megabytes(before), megabytes(now)));
        changes.add(new Change("energy", energy(before), energy(now)));
        changes.removeIf(change -> change.before().equals(change.now()));
        return changes;
    }

    private static String energy(RunResult result) {
        return result.energy().isPresent()
                ? String.format(Locale.ROOT, "%.0f J", result.energy().getAsDouble())
                : Change.ABSENT;
    }

    private static String megabytes(RunResult result) {
        return String.format(Locale.ROOT, "%,d MB", result.peakMemoryBytes() / 1_000_000);
    }

    /** For people: each part with its changes, a line each; {@code no difference} when there is none. */
    public String text() {
        if (changes.isEmpty()) {
            return "no difference";
        }
        StringBuilder text = new StringBuilder();
        changes.forEach((part, list) -> {
            text.append(part.title).append(":\n");
            list.forEach(change -> text.append("  ").append(change.text()).append('\n'));
        });
        return text.toString().stripTrailing();
    }

    /** For programs: a list for each part, with field, before and now. */
    public ObjectNode json() {
        ObjectNode tree = StrictJson.mapper().createObjectNode();
        for (Part part : Part.values()) {
            ArrayNode list = tree.putArray(part.name().toLowerCase(Locale.ROOT));
            of(part).forEach(change -> list.addObject()
                    .put("field", change.field())
                    .put("before", change.before())
                    .put("now", change.now()));
        }
        return tree;
    }
}
