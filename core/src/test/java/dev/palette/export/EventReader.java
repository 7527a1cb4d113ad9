package dev.palette.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads event files by the formats' descriptions alone, with nothing of what writes them: TFRecord's framing and checksums, and the
 * fields of event.proto and summary.proto by number, parsed by the protobuf library.
 */
final class EventReader {
    private EventReader() {}

    /** A value of a curve. */
    record Scalar(double time, long step, String tag, float value) {}

    static List<UnknownFieldSet> events(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<UnknownFieldSet> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).as("checksum of the length").isEqualTo(masked(length));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            bytes.get(data);
            assertThat(bytes.getInt()).as("checksum of the data").isEqualTo(masked(data));
            events.add(UnknownFieldSet.parseFrom(data));
        }
        return events;
    }

    static List<Scalar> scalars(Path file) throws IOException {
        List<Scalar> scalars = new ArrayList<>();
        for (UnknownFieldSet event : events(file)) {
            for (UnknownFieldSet value : values(event)) {
                if (value.hasField(2)) {
                    scalars.add(new Scalar(
                            Double.longBitsToDouble(
                                    event.getField(1).getFixed64List().get(0)),
                            event.getField(2).getVarintList().get(0),
                            text(value, 1),
                            Float.intBitsToFloat(
                                    value.getField(2).getFixed32List().get(0))));
                }
            }
        }
        return scalars;
    }

    /** What a plug-in of TensorBoard finds under a tag. */
    static UnknownFieldSet pluginData(Path file, String tag, String plugin) throws IOException {
        for (UnknownFieldSet event : events(file)) {
            for (UnknownFieldSet value : values(event)) {
                if (text(value, 1).equals(tag)) {
                    UnknownFieldSet data = message(message(value, 9), 1);
                    assertThat(text(data, 1)).isEqualTo(plugin);
                    return message(data, 2);
                }
            }
        }
        throw new AssertionError("no " + tag);
    }

    static UnknownFieldSet message(UnknownFieldSet message, int field) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(
                message.getField(field).getLengthDelimitedList().get(0));
    }

    static String text(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
    }

    private static List<UnknownFieldSet> values(UnknownFieldSet event) throws InvalidProtocolBufferException {
        List<UnknownFieldSet> values = new ArrayList<>();
        for (ByteString summary : event.getField(5).getLengthDelimitedList()) {
            for (ByteString value :
                    UnknownFieldSet.parseFrom(summary).getField(1).getLengthDelimitedList()) {
                values.add(UnknownFieldSet.parseFrom(value));
            }
        }
        return values;
    }

    /** As record_writer.h has it: ((crc >> 15) | (crc << 17)) + 0xa282ead8. */
    private static int masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        return ((value >>> 15) | (value << 17)) + 0xa282ead8;
    }
}
