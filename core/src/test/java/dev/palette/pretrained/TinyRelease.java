package dev.palette.pretrained;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.palette.storage.FileDigest;
import dev.palette.tensor.BundleWriter;
import dev.palette.tensor.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An encoder of one layer, packed as the released ones are: a deflated jar around a stored zip of a SavedModel. */
final class TinyRelease {
    static final String NAME = "tiny.uncased";
    static final String ENTRY = "some/tiny-model";
    static final BertConfig CONFIG = new BertConfig(7, 4, 1, 2, 6, 5, 2, 0.1, 0.1, 1e-12);

    private TinyRelease() {}

    /** Writes the jar and describes it. */
    static ReleasedEncoder write(Path jar) throws IOException {
        writeJar(jar, savedModel(tensors()));
        return describe(jar);
    }

    static ReleasedEncoder describe(Path jar) {
        return new ReleasedEncoder(NAME, "dev.palette.test:tiny:1.0", FileDigest.sha256(jar), ENTRY, CONFIG, true);
    }

    static void writeJar(Path jar, byte[] savedModel) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(ENTRY));
            zip.write(savedModel);
        }
    }

    /** Every tensor in Google's names and order of axes; the values count upwards from the first. */
    static List<TensorData> tensors() {
        List<TensorData> all = new ArrayList<>();
        add(all, "embeddings/word_embeddings", 7, 4);
        add(all, "embeddings/position_embeddings", 5, 4);
        add(all, "embeddings/token_type_embeddings", 2, 4);
        norm(all, "embeddings");
        Stream.of("query", "key", "value").forEach(part -> dense(all, "encoder/layer_0/attention/self/" + part, 4, 4));
        dense(all, "encoder/layer_0/attention/output/dense", 4, 4);
        norm(all, "encoder/layer_0/attention/output");
        dense(all, "encoder/layer_0/intermediate/dense", 4, 6);
        dense(all, "encoder/layer_0/output/dense", 6, 4);
        norm(all, "encoder/layer_0/output");
        dense(all, "pooler/dense", 4, 4);
        return all;
    }

    static byte[] savedModel(List<TensorData> tensors) throws IOException {
        Path folder = Files.createTempDirectory("bundle");
        try {
            BundleWriter.of(tensors).write(folder.resolve("variables"));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                store(zip, "assets/vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n".getBytes(UTF_8));
                for (String name : List.of("variables.index", "variables.data-00000-of-00001")) {
                    store(zip, "variables/" + name, Files.readAllBytes(folder.resolve(name)));
                }
            }
            return bytes.toByteArray();
        } finally {
            for (String name : List.of("variables.index", "variables.data-00000-of-00001")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
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

    private static void dense(List<TensorData> all, String name, int in, int out) {
        add(all, name + "/kernel", in, out);
        add(all, name + "/bias", out);
    }

    private static void norm(List<TensorData> all, String owner) {
        add(all, owner + "/LayerNorm/gamma", 4);
        add(all, owner + "/LayerNorm/beta", 4);
    }

    private static void add(List<TensorData> all, String name, long... shape) {
        int before = all.stream().mapToInt(tensor -> tensor.toFloats().length).sum();
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = before + i;
        }
        all.add(TensorData.ofFloats("module/bert/" + name, values, shape));
    }
}
