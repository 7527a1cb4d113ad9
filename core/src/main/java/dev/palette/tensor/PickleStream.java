package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The bytes of a pickle, read one operand after the other; never beyond their end. */
final class PickleStream {
    private static final int LONGEST_LINE = 256;
    private static final int MOST_VALUES = 1 << 22;

    private final Path file;
    private final ByteBuffer bytes;
    private int values;

    /** Reads from the buffer's position on. */
    PickleStream(Path file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Counts values that are made, so that a short pickle cannot make ever more of what it once made. */
    void count(int made) {
        values += Math.min(made, MOST_VALUES);
        if (values > MOST_VALUES) {
            throw damaged("its pickle makes more than %d values".formatted(MOST_VALUES));
        }
    }

    /** How many bytes have been read. */
    int position() {
        return bytes.position();
    }

    int unsignedByte() {
        return Byte.toUnsignedInt(take(1).get());
    }

    int unsignedShort() {
        return Short.toUnsignedInt(take(Short.BYTES).getShort());
    }

    int signedInt() {
        return take(Integer.BYTES).getInt();
    }

    long signedLong() {
        return take(Long.BYTES).getLong();
    }

    /** A double, which alone is written the other way round. */
    double bigEndianDouble() {
        return take(Double.BYTES).order(ByteOrder.BIG_ENDIAN).getDouble();
    }

    /** A whole number of any size, two's complement. */
    Object wholeNumber(int length) {
        ByteBuffer taken = take(length);
        byte[] bigEndian = new byte[length];
        for (int i = length - 1; i >= 0; i--) {
            bigEndian[i] = taken.get();
        }
        BigInteger number = length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    /** A string of so many bytes in UTF-8. */
    String string(long length) {
        return decode(take(length));
    }

    /** A string that ends with a line feed. */
    String line() {
        int end = bytes.position();
        while (end < bytes.limit() && bytes.get(end) != '\n' && end - bytes.position() < LONGEST_LINE) {
            end++;
        }
        if (end == bytes.limit() || bytes.get(end) != '\n') {
            throw damaged("a name in its pickle does not end");
        }
        String line = decode(take(end - bytes.position()));
        take(1);
        return line;
    }

    PaletteException damaged(String finding) {
        return PyTorchFile.damaged(file, finding);
    }

    /** A value that is no tensor and no plain container: loading it could run a program of whoever made the file. */
    PaletteException refused(String what) {
        return new PaletteException(
                ("%s holds %s, which is neither a tensor nor a plain container and is not loaded; save the tensors alone,"
                                + " in Python: torch.save(model.state_dict(), file)")
                        .formatted(file, what));
    }

    private String decode(ByteBuffer taken) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(taken).toString();
        } catch (CharacterCodingException e) {
            throw new PaletteException(
                    damaged("a string in its pickle is no UTF-8").getMessage(), e);
        }
    }

    private ByteBuffer take(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw damaged("its pickle wants %d bytes where %d are left".formatted(length, bytes.remaining()));
        }
        ByteBuffer taken = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) length);
        return taken;
    }
}
