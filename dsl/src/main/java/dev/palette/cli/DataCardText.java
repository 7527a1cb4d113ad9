package dev.palette.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.task.card.DataCard;
import dev.palette.task.card.SplitCard;
import dev.palette.task.card.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A data card for a person, and for a program. */
final class DataCardText {
    /** Of more labels the commonest are printed; JSON has all. */
    private static final int MOST_LABELS = 12;

    private DataCardText() {}

    static String text(DataCard card) {
        List<String> lines = new ArrayList<>();
        lines.add("%s (%s)".formatted(card.task(), card.word()));
        for (SplitCard split : card.splits()) {
            Integer few = split.split().equals("train") ? card.trainExamples() : null;
            String trained = few == null ? "" : ", of which %,d are trained on, drawn by the seed".formatted(few);
            lines.add(format("%s: %,d examples in %s%s", split.split(), split.examples(), split.file(), trained));
            if (!split.labels().isEmpty()) {
                lines.add("  labels    " + labels(split));
            }
            split.scores().ifPresent(scores -> lines.add("  scores    " + spread(scores, "%.3g")));
            lines.add("  pieces    " + spread(split.pieces(), "%,.0f")
                    + format("; %.1f%% longer than %d", 100 * split.cut(), card.maxLength()));
            if (!split.majority().isEmpty()) {
                lines.add("  majority  "
                        + split.majority().entrySet().stream()
                                .map(score -> format("%s %.2f", score.getKey(), 100 * score.getValue()))
                                .collect(Collectors.joining(", ")));
            }
            if (split.repeated() > 0) {
                lines.add(format("  repeated  %,d stand in it before", split.repeated()));
            }
            if (split.inTrain() > 0) {
                lines.add(format("  in train  %,d stand in train too", split.inTrain()));
            }
        }
        lines.addAll(card.remarks());
        return String.join("\n", lines);
    }

    private static String labels(SplitCard split) {
        long all = split.labels().values().stream().mapToLong(Long::longValue).sum();
        String commonest = split.labels().entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .limit(MOST_LABELS)
                .map(label ->
                        format("%s %,d (%.1f%%)", label.getKey(), label.getValue(), 100.0 * label.getValue() / all))
                .collect(Collectors.joining(", "));
        int more = split.labels().size() - MOST_LABELS;
        return more > 0 ? commonest + ", and %d more".formatted(more) : commonest;
    }

    private static String spread(Spread spread, String number) {
        return format(
                "%s least, %s median, %s mean, %s at 95%%, %s at 99%%, %s most",
                format(number, spread.least()),
                format(number, spread.median()),
                format(number, spread.mean()),
                format(number, spread.most95()),
                format(number, spread.most99()),
                format(number, spread.most()));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    static ObjectNode json(DataCard card) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("task", card.task()).put("word", card.word()).put("maxLength", card.maxLength());
        if (card.trainExamples() != null) {
            node.put("trainExamples", card.trainExamples());
        }
        ArrayNode splits = node.putArray("splits");
        for (SplitCard split : card.splits()) {
            ObjectNode one = splits.addObject();
            one.put("split", split.split()).put("file", split.file()).put("examples", split.examples());
            ObjectNode labels = one.putObject("labels");
            split.labels().forEach(labels::put);
            split.scores().ifPresent(scores -> one.set("scores", json(scores)));
            one.set("pieces", json(split.pieces()));
            one.put("longer", split.cut());
            ObjectNode majority = one.putObject("majority");
            split.majority().forEach(majority::put);
            one.put("repeated", split.repeated()).put("inTrain", split.inTrain());
        }
        ArrayNode remarks = node.putArray("remarks");
        card.remarks().forEach(remarks::add);
        return node;
    }

    private static ObjectNode json(Spread spread) {
        return new ObjectMapper()
                .createObjectNode()
                .put("least", spread.least())
                .put("quarter", spread.quarter())
                .put("median", spread.median())
                .put("threeQuarters", spread.threeQuarters())
                .put("most95", spread.most95())
                .put("most99", spread.most99())
                .put("most", spread.most())
                .put("mean", spread.mean());
    }
}
