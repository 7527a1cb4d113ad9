package dev.palette.original;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of the text that features are extracted from: a text, or two with {@code |||} and a space on either side between them.
 *
 * @param textA the text, or the first of two
 * @param textB the second
 */
record FeatureInput(String textA, @Nullable String textB) {
    private static final Pattern PAIR =
            Pattern.compile("(.*) \\|\\|\\| (.*)"); // parted at the last |||, as the original does

    /**
     * The lines of a file.
     *
     * @throws PaletteException when it cannot be read or is empty
     */
    static List<FeatureInput> read(Path file) {
        try {
            List<FeatureInput> all = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                all.add(of(line));
            }
            if (all.isEmpty()) {
                throw new PaletteException("--input_file %s is empty; expected a text a line".formatted(file));
            }
            return all;
        } catch (IOException e) {
            throw new PaletteException(
                    "cannot read --input_file %s: %s; expected UTF-8, a text a line".formatted(file, e), e);
        }
    }

    /** One line. */
    static FeatureInput of(String line) {
        String text = line.strip();
        Matcher pair = PAIR.matcher(text);
        return pair.matches() ? new FeatureInput(pair.group(1), pair.group(2)) : new FeatureInput(text, null);
    }
}
