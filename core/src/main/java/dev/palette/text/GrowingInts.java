package dev.palette.text;

import java.util.Arrays;

/** Whole numbers in a row, as many as come: an {@code int[]} that grows. Not for several threads. */
public final class GrowingInts {
    private int[] values;
    private int size;

    /** An empty row with room for some numbers before it must grow. */
    public GrowingInts(int room) {
        this.values = new int[Math.max(1, room)];
    }

    /** Appends one number. */
    public void add(int value) {
        reserve(1);
        values[size++] = value;
    }

    /** Appends the first {@code count} of some numbers. */
    public void addFirst(int count, int[] more) {
        reserve(count);
        System.arraycopy(more, 0, values, size, count);
        size += count;
    }

    /** Appends all of some numbers. */
    public void addAll(int[] more) {
        addFirst(more.length, more);
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** A copy of all of them. */
    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > values.length) {
            long doubled = 2L * values.length;
            values = Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(doubled, needed)));
        }
    }
}
