package dev.palette.spec;

/** Range checks for options; each gives the value back or says which option had what and should have been what. */
public final class Range {
    private Range() {}

    /** {@code value}, at least {@code least}. */
    public static int atLeast(String option, int value, int least) {
        if (value < least) {
            throw outside(option, value, "a whole number of at least " + least);
        }
        return value;
    }

    /** {@code value}, finite and greater than zero. */
    public static double positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw outside(option, value, "a number greater than 0");
        }
        return value;
    }

    /** {@code value}, between {@code least} and {@code most}, both allowed. */
    public static double between(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw outside(option, value, "a number from " + least + " to " + most);
        }
        return value;
    }

    private static PaletteException outside(String option, Number found, String expected) {
        return new OptionException(option, "%s is %s, expected %s".formatted(option, found, expected));
    }
}
