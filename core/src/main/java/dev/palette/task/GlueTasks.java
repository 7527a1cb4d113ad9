package dev.palette.task;

import dev.palette.spec.Word;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The words that GLUE contributes, and the groups of them that papers use. */
public final class GlueTasks {
    private GlueTasks() {}

    /** A word for each data set: glue.cola, glue.sst, and so on for mrpc, sts, qqp, mnli, qnli, rte, wnli and ax. */
    public static Map<String, Word<Task>> words() {
        Map<String, Word<Task>> words = new TreeMap<>();
        for (GlueLayout layout : GlueLayout.values()) {
            words.put(of(layout).word(), new Word<>(GlueTask.class, () -> new GlueTask.Options(layout)));
        }
        return words;
    }

    /** The task as GLUE has it, every option at its default. */
    public static Task of(GlueLayout layout) {
        return new GlueTask.Options(layout).build();
    }

    /** The eight tasks of BERT and of Stickland &amp; Murray (2019), in the order of their code: GLUE without WNLI. */
    public static List<Task> eight() {
        return Stream.of(
                        GlueLayout.COLA,
                        GlueLayout.MRPC,
                        GlueLayout.MNLI,
                        GlueLayout.RTE,
                        GlueLayout.STS,
                        GlueLayout.SST,
                        GlueLayout.QQP,
                        GlueLayout.QNLI)
                .map(GlueTasks::of)
                .toList();
    }
}
