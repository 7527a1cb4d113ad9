package dev.palette.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript text into the archive that libtorch loads: a zip of stored entries holding the code, a pickle that says "one
 * object of class Ops", an empty constants tuple and the format's version. No Python takes part.
 */
final class ScriptArchive {
    private static final String FORMAT_VERSION = "3\n";
    /** Pickle, protocol 2: an {@code __torch__.Ops} whose state is {@code {"training": False}}. */
    private static final String OBJECT = "\u0080\u0002c__torch__\nOps\n)\u0081}X\b\0\0\0training\u0089sb.";
    /** Pickle, protocol 2: {@code ()}. */
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private ScriptArchive() {}

    /**
     * The archive of a class {@code Ops} with the given methods.
     *
     * @param methods function definitions at the left margin, each with a first parameter {@code self}
     */
    static byte[] pack(String methods) {
        String code = "class Ops(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + methods.replace("(self,", "(self: __torch__.Ops,").indent(2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "ops/data.pkl", OBJECT.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "ops/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "ops/constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "ops/version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("writing an archive to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
