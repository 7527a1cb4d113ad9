package dev.palette.testing;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Common;
import dev.palette.adapter.Compacter;
import dev.palette.adapter.Fusion;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.Lora;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.TopAttention;
import dev.palette.adapter.Trained;
import dev.palette.experiment.Vocabulary;
import java.util.List;
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
            // no such files: who uses these starts them at random
            "trained", new Trained(Lora.of(l -> l.rank(3)), "one.safetensors", null),
            "fusion", new Fusion(List.of(bottleneck("one"), bottleneck("two"))),
            "compacter", Compacter.of(c -> c.reduction(3).rank(2)),
            "topAttention", new TopAttention(12, 2, 3));

    private SmallAdapters() {}

    private static Trained bottleneck(String name) {
        return new Trained(Bottleneck.of(b -> b.reduction(4)), name + ".safetensors", name);
    }

    public static Map<String, Adapter> all() {
        Map<String, Adapter> all = new TreeMap<>();
        Vocabulary.installed().adapters().forEach((name, word) -> {
            Adapter smaller = SMALLER.get(name);
            all.put(name, smaller == null ? word.newBlock().get().build() : smaller);
        });
        return all;
    }
}
