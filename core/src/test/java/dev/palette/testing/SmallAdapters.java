package dev.palette.testing;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Common;
import dev.palette.adapter.Compacter;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.Lora;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.TopAttention;
import dev.palette.experiment.Vocabulary;
import java.util.Map;
import java.util.TreeMap;

/** An adapter of every word there is, small enough for encoders of 24 hidden units: without options where its defaults are. */
public final class SmallAdapters {
    private static final Map<String, Adapter> SMALLER = Map.of(
            "pal", Pal.of(p -> p.size(12).heads(3)),
            "lhuc", new Lhuc(new LowRank(5)),
            "houlsby", new Houlsby(5),
            "common", Common.of(c -> c.of(Lora.of(l -> l.rank(2)))),
            "composed", Lora.of(l -> l.rank(2)).plus(new LowRank(5)),
            // what it reads from a file starts as a method that is in the list itself
            "trained", Lora.of(l -> l.rank(3)),
            "compacter", Compacter.of(c -> c.reduction(3).rank(2)),
            "topAttention", new TopAttention(12, 2, 3));

    private SmallAdapters() {}

    public static Map<String, Adapter> all() {
        Map<String, Adapter> all = new TreeMap<>();
        Vocabulary.installed().adapters().forEach((name, word) -> {
            Adapter smaller = SMALLER.get(name);
            all.put(name, smaller == null ? word.newBlock().get().build() : smaller);
        });
        return all;
    }
}
