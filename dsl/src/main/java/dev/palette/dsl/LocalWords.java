package dev.palette.dsl;

import java.util.Map;

/** A block between whose braces there are words that stand for values there, and nowhere else. */
interface LocalWords {
    /** What they stand for. */
    Map<String, Object> words();
}
