package dev.palette.table;

import java.util.ArrayList;
import java.util.List;

/** Gathers a table's footnotes, each once. */
final class Footnotes {
    private final List<String> texts = new ArrayList<>();

    /** The number of a footnote, from 0. */
    int number(String text) {
        if (!texts.contains(text)) {
            texts.add(text);
        }
        return texts.indexOf(text);
    }

    List<String> texts() {
        return List.copyOf(texts);
    }
}
