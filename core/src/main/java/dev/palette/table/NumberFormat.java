package dev.palette.table;

import dev.palette.statistics.Interval;
import dev.palette.storage.ByteCount;
import java.time.Duration;
import java.util.Locale;

/** How a column's figures are written for people. Files keep the figures themselves. */
public enum NumberFormat {
    /** A fraction of 1, × 100 with one decimal: {@code 63.1±0.4}. */
    PERCENT {
        @Override
        String number(double value) {
            return decimals(1, 100 * value);
        }
    },

    /** A difference of such fractions, with its sign: {@code +1.2 [−0.3, +2.6]}. */
    DIFFERENCE {
        @Override
        String number(double value) {
            String size = PERCENT.number(Math.abs(value));
            boolean isZero = size.equals("0.0");
            return isZero ? size : (value < 0 ? "−" : "+") + size;
        }
    },

    /** A multiple: {@code 1.1331×}. */
    TIMES {
        @Override
        String number(double value) {
            return decimals(4, value) + "×";
        }
    },

    /** A probability: {@code 0.021}, {@code <0.001}. */
    PROBABILITY {
        @Override
        String number(double value) {
            return value < 0.001 ? "<0.001" : decimals(3, value);
        }
    },

    /** Seconds, as hours, minutes and seconds: {@code 0:43:10}. */
    DURATION {
        @Override
        String number(double value) {
            Duration time = Duration.ofSeconds(Math.round(value));
            return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
        }
    },

    /** Bytes, in the largest fitting unit: {@code 6.20 GB}. */
    BYTES {
        @Override
        String number(double value) {
            return ByteCount.text(Math.round(value));
        }
    },

    /** Joules, as watt-hours: {@code 12.34 Wh}, {@code 1.24 kWh}. */
    ENERGY {
        private static final double PER_WATT_HOUR = 3600;

        @Override
        String number(double value) {
            double wattHours = value / PER_WATT_HOUR;
            return wattHours < 1000 ? decimals(2, wattHours) + " Wh" : decimals(2, wattHours / 1000) + " kWh";
        }
    },

    /** A whole number. */
    COUNT {
        @Override
        String number(double value) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
    };

    /** The number alone. */
    abstract String number(double value);

    /** The figure with its deviation or interval. */
    public String text(Figure figure) {
        StringBuilder text = new StringBuilder(number(figure.value()));
        figure.deviation().ifPresent(deviation -> text.append('±').append(number(deviation)));
        figure.interval().ifPresent(interval -> text.append(' ').append(text(interval)));
        return text.toString();
    }

    /** {@code [−0.3, +2.6]}. */
    public String text(Interval interval) {
        return "[%s, %s]".formatted(number(interval.low()), number(interval.high()));
    }

    private static String decimals(int digits, double value) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.matches("-0\\.0+") ? text.substring(1) : text; // no minus before nothing
    }
}
