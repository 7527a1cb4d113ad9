package dev.palette.task.rows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Unpacks columns: gzip by the JDK, for which Apache's reader would want Hadoop, the others by that reader. */
final class ParquetCodecs implements CompressionCodecFactory {
    private final CodecFactory others = new CodecFactory(new PlainParquetConfiguration(), 0);

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return codec == CompressionCodecName.GZIP ? new Gunzip() : others.getDecompressor(codec);
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public void release() {
        others.release();
    }

    private static final class Gunzip implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int size) throws IOException {
            try (InputStream in = new GZIPInputStream(packed.toInputStream())) {
                byte[] unpacked = in.readNBytes(size);
                if (unpacked.length != size) {
                    throw new IOException("a page has %d bytes, not %d".formatted(unpacked.length, size));
                }
                return BytesInput.from(unpacked);
            }
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer unpacked, int size) throws IOException {
            ByteBuffer part = packed.slice().limit(packedSize);
            unpacked.put(decompress(BytesInput.from(part), size).toByteBuffer());
            packed.position(packed.position() + packedSize);
        }

        @Override
        public void release() {
            // the garbage collector does
        }
    }
}
