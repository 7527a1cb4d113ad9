package dev.palette.export;

import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file: TensorFlow's {@code Event} messages (tensorflow/core/util/event.proto) in TFRecord framing
 * (tensorflow/core/lib/io/record_writer.h): length (8 bytes, little-endian), its masked CRC-32C, the message, its masked CRC-32C.
 */
final class EventFile implements AutoCloseable {
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;
    private static final double NANOS = 1e9;

    private final OutputStream out;

    /**
     * Creates the file, or empties it. Readers drop what earlier files of the folder said: a session starts at step 0.
     *
     * @param started the time of its first events
     */
    EventFile(Path file, Instant started) throws IOException {
        this.out = Files.newOutputStream(file);
        try {
            write(event(started, 0).text(FILE_VERSION, "brain.Event:2"));
            write(event(started, 0).message(SESSION_LOG, new ProtoMessage().integer(SESSION_STATUS, SESSION_START)));
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /**
     * Adds a value of a curve. TensorBoard's curves are of single precision.
     *
     * @param tag the curve's name; what stands before its first slash groups curves
     */
    void scalar(Instant time, long step, String tag, double value) throws IOException {
        write(event(time, step)
                .message(
                        SUMMARY,
                        new ProtoMessage()
                                .message(1, new ProtoMessage().text(1, tag).single(2, (float) value))));
    }

    /** Adds what a plug-in of TensorBoard keeps for itself under a tag. */
    void pluginData(Instant time, String tag, String plugin, ProtoMessage content) throws IOException {
        ProtoMessage metadata =
                new ProtoMessage().message(1, new ProtoMessage().text(1, plugin).message(2, content));
        ProtoMessage noTensor = new ProtoMessage()
                .integer(1, 1) // DT_FLOAT, of shape (0)
                .message(2, new ProtoMessage().message(2, new ProtoMessage()));
        write(event(time, 0)
                .message(
                        SUMMARY,
                        new ProtoMessage()
                                .message(
                                        1,
                                        new ProtoMessage()
                                                .text(1, tag)
                                                .message(8, noTensor)
                                                .message(9, metadata))));
    }

    /** Lets readers see all that was written. */
    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Seconds since 1970, as events and their plug-ins count time. */
    static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / NANOS;
    }

    private static ProtoMessage event(Instant time, long step) throws IOException {
        return new ProtoMessage().real(WALL_TIME, seconds(time)).integer(STEP, step);
    }

    private void write(ProtoMessage event) throws IOException {
        byte[] data = event.bytes().toByteArray();
        ByteBuffer record = ByteBuffer.allocate(data.length + Long.BYTES + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(masked(record.array(), 0, Long.BYTES));
        record.put(data);
        record.putInt(masked(data, 0, data.length));
        out.write(record.array()); // at once, so that a reader meets no half record
    }

    private static int masked(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return FileDigest.masked(crc);
    }
}
