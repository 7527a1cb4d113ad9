package dev.palette.dsl;

/**
 * Where a word stands in a script, and where what it is given begins. Lines and columns count from 1; 0 is not known.
 *
 * @param line the word's line
 * @param column its column
 * @param valueLine the line of its first argument
 * @param valueColumn its column
 */
record Place(int line, int column, int valueLine, int valueColumn) {
    /** Nowhere in particular. */
    static final Place UNKNOWN = new Place(0, 0, 0, 0);

    /** A line alone. */
    static Place ofLine(int line) {
        return new Place(line, 0, 0, 0);
    }

    /** Where the argument stands, as a place of its own; the word's where that is not known. */
    Place value() {
        return valueLine == 0 ? this : new Place(valueLine, valueColumn, 0, 0);
    }
}
