package dev.palette.spec;

/** What a word describes: an immutable record, built by a {@link Block} and written to a trial's JSON under its word. */
public interface Description {
    /** The word that makes it; the record's own name with a small first letter unless the record says otherwise. */
    default String word() {
        return Word.of(getClass());
    }
}
