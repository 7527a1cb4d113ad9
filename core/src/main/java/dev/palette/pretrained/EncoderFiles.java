package dev.palette.pretrained;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A pretrained encoder on this machine: what {@link EncoderSource} resolves to.
 *
 * @param config its sizes, all layers
 * @param weights safetensors in Hugging Face's names with the {@code bert.} prefix
 *     ({@code bert.embeddings.word_embeddings.weight}, {@code …LayerNorm.weight}, dense kernels as [out, in]); null where nothing
 *     is pretrained and the start is random
 * @param vocabulary one word piece a line
 * @param lowerCase whether the vocabulary is of lower-cased text without accents
 * @param fingerprint SHA-256 of the weights file, hexadecimal, or {@link #RANDOM}
 */
public record EncoderFiles(
        BertConfig config, @Nullable Path weights, Path vocabulary, boolean lowerCase, String fingerprint) {
    /** The fingerprint of no weights. */
    public static final String RANDOM = "random";
}
