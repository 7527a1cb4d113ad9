package dev.palette.runner;

/**
 * How many faults the tests of the tag {@code faults} cause: all under {@code -Pfaults}, a few in the ordinary suite. The property
 * {@code palette.faults} is the share.
 *
 * @param name of the fault
 * @param tried how often it was caused
 * @param lost how often that cost something
 */
record Faults(String name, int tried, int lost) {
    static final String TAG = "faults";

    private static final double A_FEW = 0.04;

    /** The share of a full number that is to be caused; at least one. */
    static int of(int full) {
        double share = Double.parseDouble(System.getProperty("palette.faults", Double.toString(A_FEW)));
        return Math.max(1, (int) Math.round(share * full));
    }

    /** Shows the line of the table. */
    @SuppressWarnings("SystemOut") // a person runs it for this line
    void report() {
        System.out.printf("fault: %s: tried %d, lost %d%n", name, tried, lost);
    }
}
