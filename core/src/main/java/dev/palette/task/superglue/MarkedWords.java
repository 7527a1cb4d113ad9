package dev.palette.task.superglue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.rows.Row;
import dev.palette.text.WhiteSpace;
import java.util.ArrayList;
import java.util.List;

/** Words in their text, marked by a punctuation character on each side, which the tokenizer makes a piece of its own. */
final class MarkedWords {
    private static final String FIRST = "*";
    private static final String SECOND = "#";

    private MarkedWords() {}

    /** The sentence with the characters from {@code start<n>} to {@code end<n>} between stars. */
    static String ofPlaces(Row row, int n) {
        String sentence = row.text("sentence" + n);
        int start = place(row, "start" + n, sentence.length());
        int end = place(row, "end" + n, sentence.length());
        if (start >= end) {
            throw row.problem("'start%d' %d and 'end%d' %d".formatted(n, start, n, end), "a start before its end");
        }
        return sentence.substring(0, start) + FIRST + sentence.substring(start, end) + FIRST + sentence.substring(end);
    }

    private static int place(Row row, String column, int length) {
        JsonNode value = row.cell(column);
        if (!value.canConvertToInt() || value.intValue() < 0 || value.intValue() > length) {
            throw row.problem(
                    "%s in column '%s'".formatted(value, column),
                    "a place in a sentence of %d characters".formatted(length));
        }
        return value.intValue();
    }

    /** The text with the noun phrase of {@code target} between stars and its pronoun between number signs. */
    static String ofTarget(Row row) {
        List<String> words = new ArrayList<>(WhiteSpace.split(row.text("text")));
        JsonNode target = row.cell("target");
        mark(row, words, target, "span1", FIRST);
        mark(row, words, target, "span2", SECOND);
        return String.join(" ", words);
    }

    /** The files count words that white space parts. */
    private static void mark(Row row, List<String> words, JsonNode target, String span, String mark) {
        JsonNode index = target.path(span + "_index");
        int length = WhiteSpace.split(target.path(span + "_text").asText()).size();
        int last = index.asInt() + length - 1;
        if (!index.canConvertToInt() || index.intValue() < 0 || length == 0 || last >= words.size()) {
            throw row.problem(
                    "target.%s_index %s with %d words".formatted(span, index, length),
                    "words of a text of %d".formatted(words.size()));
        }
        words.set(index.intValue(), mark + words.get(index.intValue()));
        words.set(last, words.get(last) + mark);
    }
}
