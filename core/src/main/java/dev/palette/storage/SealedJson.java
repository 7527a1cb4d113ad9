package dev.palette.storage;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * JSON objects in files that carry a seal as their last member, the CRC-32C of every byte before it: a bit that a disk flipped in a
 * number makes another number of it, which no parser would notice. The files stay JSON that everybody can read; who edits one breaks
 * its seal, and that is meant.
 *
 * <pre>
 * {
 *   "value" : 0.5,
 *   "seal" : "8a9136aa"
 * }
 * </pre>
 */
public final class SealedJson {
    private static final String SEAL = ",\n  \"seal\" : \"%s\"\n}\n";
    private static final Pattern SEALED =
            Pattern.compile("(.*),\n  \"seal\" : \"([0-9a-f]{8})\"\n\\}\n", Pattern.DOTALL);

    private SealedJson() {}

    /**
     * Replaces or creates a file.
     *
     * @param object the text of a JSON object with a member or more; the file has at most {@link SmallFile#LARGEST} bytes
     * @throws PaletteException when the file cannot be written
     */
    public static void write(Path file, String object) {
        String text = object.strip();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new IllegalArgumentException("no JSON object: " + text);
        }
        String members = text.substring(0, text.length() - 1).stripTrailing();
        String sealed = members + SEAL.formatted(seal(members));
        if (sealed.getBytes(StandardCharsets.UTF_8).length > SmallFile.LARGEST) {
            throw new IllegalArgumentException(file + " would be too large to be read again");
        }
        AtomicFile.writeText(file, sealed);
    }

    /**
     * The object that was written, without the seal.
     *
     * @throws IOException when the file is not as it was written, or cannot be read; the message does not repeat the file's name
     */
    public static String read(Path file) throws IOException {
        String text = SmallFile.readText(file);
        Matcher parts = SEALED.matcher(text);
        if (!parts.matches()) {
            throw new IOException("it has no seal at its end: it was cut off, edited, or made by an earlier version");
        }
        String members = parts.group(1);
        String found = seal(members);
        if (!found.equals(parts.group(2))) {
            throw new IOException(
                    "it is not as it was written: its seal is %s, expected %s".formatted(parts.group(2), found));
        }
        return members + "\n}\n";
    }

    private static String seal(String members) {
        CRC32C crc = new CRC32C();
        crc.update(members.getBytes(StandardCharsets.UTF_8));
        return FileDigest.hex(crc);
    }
}
