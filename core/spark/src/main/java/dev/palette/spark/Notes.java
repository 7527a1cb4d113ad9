package dev.palette.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.AccumulatorV2;

/**
 * What a trial's program has said, as an executor's heartbeat carries it to the driver: every line, but of the steps and signs of life the
 * newest alone, so that it stays short however long a trial takes.
 */
final class Notes extends AccumulatorV2<String, List<Note>> {
    private static final long serialVersionUID = 1;

    /** Replaced as a whole: heartbeats read it on a thread of their own. */
    private volatile ArrayList<Note> notes = new ArrayList<>();

    private long count;

    @Override
    public boolean isZero() {
        return notes.isEmpty();
    }

    @Override
    public AccumulatorV2<String, List<Note>> copy() {
        Notes copy = new Notes();
        copy.notes = notes;
        copy.count = count;
        return copy;
    }

    @Override
    public void reset() {
        notes = new ArrayList<>();
        count = 0;
    }

    @Override
    public void add(String line) {
        ArrayList<Note> longer = new ArrayList<>(notes);
        if (passes(line)) {
            longer.removeIf(note -> passes(note.line()));
        }
        longer.add(new Note(count++, line));
        notes = longer;
    }

    private static boolean passes(String line) {
        return line.contains("\"event\":\"advanced\"") || line.contains("\"event\":\"alive\"");
    }

    @Override
    public void merge(AccumulatorV2<String, List<Note>> other) {
        notes = new ArrayList<>(other.value()); // of the task that came to an end: there is one at a time
    }

    @Override
    public List<Note> value() {
        return notes;
    }
}
