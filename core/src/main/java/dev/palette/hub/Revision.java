package dev.palette.hub;

import dev.palette.spec.PaletteException;
import java.util.regex.Pattern;

/**
 * Which state of a model is meant: a branch, a tag, or a commit, whole or by its first digits.
 *
 * @param name as a person wrote it
 */
public record Revision(String name) {
    private static final Pattern FORM = Pattern.compile("[\\w][\\w./+-]*");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{4,39}");

    /** The branch that is meant where nothing is said. */
    public static final Revision MAIN = new Revision("main"); // below the patterns, by which it is checked

    /** Checks that it can be a branch's name, and so part of a path. */
    public Revision {
        if (!FORM.matcher(name).matches() || name.contains("..") || name.contains("//") || name.endsWith("/")) {
            throw new PaletteException("'%s' is no revision; write a branch, a tag or a commit".formatted(name));
        }
    }

    /** Whether it is a whole commit, which stands for the same for ever. */
    public boolean isCommit() {
        return isCommit(name);
    }

    /** Whether it may be the first digits of a commit. */
    boolean mayBeginCommit() {
        return BEGINNING.matcher(name).matches();
    }

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
