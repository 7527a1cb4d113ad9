package dev.palette.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;

/** A protocol buffer by its fields' numbers; a number is written also where it is the default. */
final class ProtoMessage {
    private final ByteString.Output bytes = ByteString.newOutput();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    /** Adds an integer, a truth value or a constant of an enumeration. */
    ProtoMessage integer(int field, long value) throws IOException {
        out.writeInt64(field, value);
        return this;
    }

    /** Adds a number of double precision. */
    ProtoMessage real(int field, double value) throws IOException {
        out.writeDouble(field, value);
        return this;
    }

    /** Adds a number of single precision. */
    ProtoMessage single(int field, float value) throws IOException {
        out.writeFloat(field, value);
        return this;
    }

    /** Adds a text. */
    ProtoMessage text(int field, String value) throws IOException {
        out.writeString(field, value);
        return this;
    }

    /** Adds a message in the message. */
    ProtoMessage message(int field, ProtoMessage value) throws IOException {
        out.writeBytes(field, value.bytes());
        return this;
    }

    /** The message as it is written. */
    ByteString bytes() throws IOException {
        out.flush();
        return bytes.toByteString();
    }
}
