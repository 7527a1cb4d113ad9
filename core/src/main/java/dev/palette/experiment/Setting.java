package dev.palette.experiment;

import dev.palette.spec.PaletteException;
import java.nio.file.Path;

/**
 * One setting as somebody wrote it.
 *
 * @param key e.g. {@code train.batchSize}
 * @param text its value, unconverted
 * @param origin where it stands: {@code /home/me/palette.properties:3}, {@code environment variable PALETTE_OUT}, {@code --set}
 * @param base the folder that a relative path in it starts from
 */
record Setting(String key, String text, String origin, Path base) {

    /** The error for a value that cannot be used: place, key, what was found and what is wrong with it. */
    PaletteException refused(PaletteException reason) {
        return new PaletteException("%s: %s = %s: %s".formatted(origin, key, text, reason.getMessage()), reason);
    }
}
