package dev.palette.table;

import dev.palette.result.RunSet;
import dev.palette.result.TrialRun;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Those runs that a person means by some values of what varies: {@code shared}, {@code adapter=shared,learningRate=2e-5}.
 *
 * @param values all of which a run must have, each with its axis or without
 */
public record RunFilter(List<String> values) {
    /** Copies the list. */
    public RunFilter {
        values = List.copyOf(values);
    }

    /** The filter that a text says. Commas in parentheses belong to a value, as in {@code PALs(48, heads 4)}. */
    public static RunFilter of(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (letter == ',' && depth == 0) {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(letter);
            }
        }
        values.add(value.toString().strip());
        return new RunFilter(values);
    }

    /**
     * Those of some runs.
     *
     * @throws PaletteException when no run has a value; names those that there are
     */
    public RunSet in(RunSet set) {
        Axes axes = new Axes(set.runs(), set.names());
        List<TrialRun> found = set.runs();
        for (String value : values) {
            List<TrialRun> fitting =
                    found.stream().filter(run -> fits(run, value, axes)).toList();
            if (fitting.isEmpty()) {
                throw unknown(value, found, axes);
            }
            found = fitting;
        }
        return new RunSet(found, set.damaged(), set.names());
    }

    private static boolean fits(TrialRun run, String value, Axes axes) {
        int equals = value.indexOf('=');
        return equals > 0
                ? axes.named(value.substring(0, equals)).value(run).equals(value.substring(equals + 1))
                : axes.varying().stream().anyMatch(axis -> axis.value(run).equals(value));
    }

    private static PaletteException unknown(String value, List<TrialRun> runs, Axes axes) {
        Set<String> known = new TreeSet<>();
        for (TableAxis axis : axes.varying()) {
            runs.forEach(run -> known.add(axis.value(run)));
        }
        if (known.isEmpty()) {
            return new PaletteException(
                    "no run has '%s', and nothing varies among the %d runs there; name a folder of runs, or where to look with --in"
                            .formatted(value, runs.size()));
        }
        return NearestWord.unknown("value", value.substring(value.indexOf('=') + 1), known);
    }
}
