package dev.palette.table;

import dev.palette.result.Provenance;
import dev.palette.result.RunSet;
import dev.palette.result.TrialRun;
import dev.palette.spec.PaletteException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses runs that were scored on different examples under one name: their scores do not belong into one column. */
final class SameExamples {
    private static final String DEV = "/dev";
    private static final int SHOWN = 12;

    private SameExamples() {}

    /** A file of examples, as one run had it. */
    private record Seen(String hash, TrialRun by) {}

    /**
     * Checks all finished runs.
     *
     * @throws PaletteException when two have different files for a split that is reported; names both
     */
    static void require(RunSet set) {
        Map<String, Seen> seen = new HashMap<>();
        for (TrialRun run : set.finished()) {
            run.provenance()
                    .map(Provenance::data)
                    .ifPresent(data -> data.forEach((file, hash) -> {
                        if (file.contains(DEV)) {
                            Seen first = seen.computeIfAbsent(file, unseen -> new Seen(hash, run));
                            if (!first.hash().equals(hash)) {
                                throw new PaletteException(
                                        "the runs %s and %s were scored on different examples of %s (SHA-256 %s and %s); put them into tables of their own"
                                                .formatted(
                                                        first.by().files().folder(),
                                                        run.files().folder(),
                                                        file,
                                                        brief(first.hash()),
                                                        brief(hash)));
                            }
                        }
                    }));
        }
    }

    /** The versions of the numerics that made some runs. */
    static List<Integer> numerics(RunSet set) {
        return set.finished().stream()
                .flatMap(run -> run.provenance().stream())
                .map(Provenance::numerics)
                .distinct()
                .sorted()
                .toList();
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(SHOWN, hash.length()));
    }
}
