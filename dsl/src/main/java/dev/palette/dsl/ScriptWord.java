package dev.palette.dsl;

import java.util.List;

/** What a word in value position stands for. */
interface ScriptWord {
    /** The value of the word as it stands: {@code fp32}, {@code glue.cola}. */
    Object value();

    /** The value of the word with arguments: {@code pal { size 204 }}, {@code holdout(0.1)}. */
    Object call(List<?> arguments);
}
