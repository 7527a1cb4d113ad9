package dev.palette.table;

import java.util.ArrayList;
import java.util.List;

/** Seeds as a reader takes them in: {@code 1, 2}, {@code 1–20}, {@code 1–5, 9}. */
final class SeedRanges {
    private static final int SHORTEST = 3;

    private SeedRanges() {}

    /**
     * The text of some seeds.
     *
     * @param seeds ascending, each once
     */
    static String text(List<Long> seeds) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= seeds.size(); to++) {
            if (to < seeds.size() && seeds.get(to) == seeds.get(to - 1) + 1) {
                continue;
            }
            if (to - from >= SHORTEST) {
                parts.add(seeds.get(from) + "–" + seeds.get(to - 1));
            } else {
                seeds.subList(from, to).forEach(seed -> parts.add(Long.toString(seed)));
            }
            from = to;
        }
        return String.join(", ", parts);
    }
}
