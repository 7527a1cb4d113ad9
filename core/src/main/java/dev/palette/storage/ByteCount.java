package dev.palette.storage;

import java.util.Locale;

/** Numbers of bytes, for people. */
public final class ByteCount {
    private static final long STEP = 1_000;
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private ByteCount() {}

    /** With powers of 1,000, as disks are sold, and three digits: {@code 999 bytes}, {@code 8.39 MB}, {@code 439 MB}. */
    public static String text(long bytes) {
        if (bytes < STEP) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        double value = bytes;
        int unit = -1;
        while (value >= STEP - 0.5 && unit + 1 < UNITS.length) { // 999.6 would be printed as 1000
            value /= STEP;
            unit++;
        }
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, UNITS[unit]);
    }
}
