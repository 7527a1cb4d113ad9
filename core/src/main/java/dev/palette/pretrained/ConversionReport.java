package dev.palette.pretrained;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a conversion did with every tensor.
 *
 * @param read the source: its format and naming
 * @param written the destination: its format and naming
 * @param tensors what was written
 * @param missing tensors of the encoder that the source lacks, under Palette's names
 * @param leftOver tensors of the source that were not written, under their names there
 */
public record ConversionReport(
        String read, String written, List<Converted> tensors, List<String> missing, List<String> leftOver) {

    /**
     * One tensor's way.
     *
     * @param source its name in the source
     * @param destination its name in the destination
     * @param transposed whether its rows became columns
     * @param widened whether its numbers changed their type to single precision
     */
    public record Converted(String source, String destination, boolean transposed, boolean widened) {}

    /** The report for a person: counts, and all names, one line for what the layers have in common. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("read %s".formatted(read));
        lines.add("wrote %s: %d tensors".formatted(written, tensors.size()));
        List<Converted> renamed = tensors.stream()
                .filter(t -> !t.source().equals(t.destination()))
                .toList();
        lines.add("renamed %d, transposed %d, widened to single precision %d"
                .formatted(renamed.size(), count(Converted::transposed), count(Converted::widened)));
        lines.addAll(grouped(renamed.stream()
                .map(t -> t.source() + " -> " + t.destination() + (t.transposed() ? ", transposed" : ""))
                .toList()));
        lines.add("missing %d".formatted(missing.size()));
        lines.addAll(grouped(missing));
        lines.add("left over %d".formatted(leftOver.size()));
        lines.addAll(grouped(leftOver));
        return String.join("\n", lines);
    }

    private long count(Predicate<Converted> kind) {
        return tensors.stream().filter(kind).count();
    }

    /** One line for all that differ in the layer's number alone. */
    private static List<String> grouped(List<String> lines) {
        Map<String, Long> counts = lines.stream()
                .map(line -> line.replaceAll("(layer[_.])\\d+", "$1*"))
                .collect(Collectors.groupingBy(line -> line, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(group -> "  " + group.getKey() + (group.getValue() > 1 ? " (" + group.getValue() + ")" : ""))
                .toList();
    }
}
