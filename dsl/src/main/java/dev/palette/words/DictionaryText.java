package dev.palette.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.text.WordUtils;

/** The words for a person at a terminal. */
public final class DictionaryText {
    private static final String INDENT = "  ";

    private final int width;
    private final List<String> lines = new ArrayList<>();

    private DictionaryText(int width) {
        this.width = width;
    }

    /**
     * All words, a line each: those for values by their kind, then the blocks with their options.
     *
     * @param width letters in a line, where words allow it
     */
    public static String of(Dictionary dictionary, int width) {
        DictionaryText text = new DictionaryText(width);
        Map<String, List<DescribedWord>> byKind = dictionary.values().stream()
                .collect(Collectors.groupingBy(DescribedWord::kind, LinkedHashMap::new, Collectors.toList()));
        byKind.forEach(text::kind);
        dictionary.blocks().forEach(text::block);
        text.lines.add("palette words WORD tells more of one.");
        return text.toString();
    }

    /**
     * All about one word: what it stands for, and of each block in which it is an option what it takes there.
     *
     * @throws dev.palette.spec.PaletteException when there is no such word
     */
    public static String of(Dictionary dictionary, String word, int width) {
        dictionary.require(word);
        DictionaryText text = new DictionaryText(width);
        dictionary.words(word).forEach(text::whole);
        dictionary.options(word).forEach(text::whole);
        return text.toString();
    }

    private void kind(String kind, List<DescribedWord> words) {
        lines.add(kind + ":");
        int column = words.stream().mapToInt(word -> word.name().length()).max().orElse(0) + INDENT.length();
        for (DescribedWord word : words) {
            hanging(word.name(), column, Meaning.brief(word.meaning()));
        }
        lines.add("");
    }

    private void block(DescribedWord block) {
        lines.add("%s, %s:".formatted(block.form(), block.kind()));
        int column =
                block.options().stream().mapToInt(o -> o.name().length()).max().orElse(0) + INDENT.length();
        block.options()
                .forEach(option -> hanging(
                        option.name(),
                        column,
                        "%s: %s".formatted(Meaning.brief(option.meaningBeside()), option.takes())));
        local(block);
        lines.add("");
    }

    private void whole(DescribedWord word) {
        lines.add("%s: %s".formatted(word.form(), word.kind()));
        paragraphs(word.meaning(), INDENT);
        if (!word.options().isEmpty()) {
            lines.add("");
            lines.add(INDENT + "options:");
            word.options().forEach(option -> {
                lines.add(INDENT.repeat(2) + option.name() + ": " + option.takes());
                paragraphs(option.meaningBeside(), INDENT.repeat(3));
            });
        }
        local(word);
        lines.add("");
        word.sources().forEach(source -> lines.add(INDENT + "source: " + source));
        lines.add(INDENT + "made by: " + word.type().getName());
        lines.add("");
    }

    private void local(DescribedWord block) {
        if (!block.local().isEmpty()) {
            wrapped("words that stand for values in it: " + String.join(", ", block.local()), INDENT);
        }
    }

    private void whole(DescribedOption option) {
        lines.add("%s: an option of %s".formatted(option.name(), option.block()));
        lines.add(INDENT + option.takes());
        paragraphs(option.meaningBeside(), INDENT);
        option.sources().forEach(source -> lines.add(INDENT + "source: " + source));
        option.setting().ifPresent(key -> lines.add(INDENT + "setting: " + key + ", as in --set " + key + "=…"));
        lines.add("");
    }

    private void paragraphs(String text, String indent) {
        if (!text.isEmpty()) {
            text.lines().forEach(line -> wrapped(line, indent));
        }
    }

    private void wrapped(String line, String indent) {
        String folded = WordUtils.wrap(line, Math.max(20, width - indent.length()), "\n", false);
        folded.lines().forEach(each -> lines.add((indent + each).stripTrailing()));
    }

    /** A name, and beside it in a column of its own what it means. */
    private void hanging(String name, int column, String text) {
        String indent = " ".repeat(INDENT.length() + column);
        int first = lines.size();
        wrapped(text.isEmpty() ? "–" : text, indent);
        lines.set(first, INDENT + name + lines.get(first).substring(INDENT.length() + name.length()));
    }

    @Override
    public String toString() {
        return String.join("\n", lines).stripTrailing();
    }
}
