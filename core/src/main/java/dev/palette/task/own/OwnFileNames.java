package dev.palette.task.own;

import dev.palette.spec.PaletteException;
import dev.palette.task.Split;
import dev.palette.task.rows.TableFormat;
import org.jspecify.annotations.Nullable;

/** The files of a task while its block is filled: one name with a star, or some split's own beside it. */
final class OwnFileNames {
    private @Nullable TableFormat format;
    private String pattern = "";

    @Nullable
    String train;

    @Nullable
    String dev;

    @Nullable
    String test;

    void of(TableFormat given, String files) {
        if (format != null && format != given) {
            throw new PaletteException(
                    "a task's files are all of one format, and both %s and %s are given; take one of them out"
                            .formatted(format.word(), given.word()));
        }
        format = given;
        pattern = files;
    }

    @Nullable
    TableFormat format() {
        return format;
    }

    /** The files' names. */
    SplitFiles build(String task) {
        if (format == null) {
            throw new IllegalStateException("the block has checked that there are files");
        }
        boolean starred = pattern.contains("*");
        if (!starred && (train == null || dev == null)) {
            throw new PaletteException(
                    "task '%s' has the files '%s', expected a '*' that stands for train, dev and test, as in 'intents/*.%s', or trainFile and devFile"
                            .formatted(task, pattern, format.word()));
        }
        return new SplitFiles(format, file(train, Split.TRAIN), file(dev, Split.DEV), file(test, Split.TEST));
    }

    private String file(@Nullable String own, Split split) {
        return own != null ? own : pattern.replace("*", split.label());
    }
}
