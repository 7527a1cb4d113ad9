package dev.palette.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.result.RunEntry.State;
import dev.palette.storage.ByteCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A list of runs, a line each. */
public final class RunTable {
    private static final List<String> HEADINGS =
            List.of("experiment", "run", "adapter", "sampler", "state", "seed", "steps", "score", "age", "size");
    private static final int NAMED = 5;
    private static final String NOTHING = "–";

    private RunTable() {}

    /** For a terminal, with what is damaged explained below. */
    public static String text(List<RunEntry> runs, Instant now) {
        StringBuilder text = new StringBuilder(TableText.aligned(
                HEADINGS, runs.stream().map(run -> cells(run, now)).toList(), NAMED));
        runs.stream()
                .filter(run -> run.state() == State.DAMAGED)
                .forEach(run -> text.append('\n').append(run.problem()));
        return printable(text.toString().stripTrailing());
    }

    /** For programs: an array with an object a run. */
    public static ArrayNode json(List<RunEntry> runs) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        runs.forEach(run -> array.add(json(run)));
        return array;
    }

    static ObjectNode json(RunEntry run) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("folder", run.folder().toString())
                .put("experiment", run.experiment())
                .put("id", run.id())
                .put("state", run.state().label());
        if (run.state() == State.DAMAGED) {
            json.put("problem", run.problem());
        } else {
            json.put("adapter", run.adapter())
                    .put("sampler", run.sampler())
                    .put("seed", run.seed())
                    .put("step", run.step())
                    .put("steps", run.steps());
            run.score().ifPresent(score -> json.put("score", score));
        }
        return json.put("changed", run.changed().toString()).put("bytes", run.bytes());
    }

    private static List<String> cells(RunEntry run, Instant now) {
        List<String> cells = new ArrayList<>(List.of(
                run.experiment(),
                run.folder().getFileName().toString(),
                run.adapter(),
                run.sampler(),
                run.state().label()));
        boolean damaged = run.state() == State.DAMAGED;
        cells.add(damaged ? NOTHING : Long.toString(run.seed()));
        cells.add(damaged ? NOTHING : "%d/%d".formatted(run.step(), run.steps()));
        cells.add(
                run.score().isPresent()
                        ? String.format(Locale.ROOT, "%.1f", 100 * run.score().getAsDouble())
                        : NOTHING);
        cells.add(age(Duration.between(run.changed(), now)));
        cells.add(ByteCount.text(run.bytes()));
        return cells;
    }

    /** The largest unit alone: {@code 3 d}. */
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        } else if (age.toHours() > 0) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }

    /** Without the control characters by which the names of a stranger's folders could command the terminal. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }
}
