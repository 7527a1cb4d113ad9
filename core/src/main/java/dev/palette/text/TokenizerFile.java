package dev.palette.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.spec.PaletteException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer that a Hugging Face {@code tokenizer.json} describes: normalisation, pieces (byte pairs, unigrams, word pieces) and
 * the special tokens round them, as the library that wrote it has them. A special token that is written in a text is that token.
 *
 * <p>A sequence that is too long is cut as that library's {@code longest_first} cuts: a single text loses its end; of a pair the
 * longer text loses its end until both are equally long, then both do. This parts from {@link WordPiece} by at most one piece.
 */
public final class TokenizerFile implements Tokenizer {
    private static final String JSON = ".json";
    private static final String PROBE = "a";
    private static final Set<String> PADS = Set.of("[PAD]", "<pad>");

    private final HuggingFaceTokenizer tokenizer;
    private final SequenceForm single;
    private final SequenceForm pair;
    private final int padding;

    private TokenizerFile(HuggingFaceTokenizer tokenizer, int padding) {
        this.tokenizer = tokenizer;
        this.padding = padding;
        TokenizersLibrary library = TokenizersLibrary.LIB;
        long handle = tokenizer.getHandle();
        this.single = form(library.encode(handle, PROBE, true));
        this.pair = form(library.encodeDual(handle, PROBE, PROBE, true));
    }

    /** Whether a vocabulary's file is of this kind, by its name. */
    public static boolean isOne(Path vocabulary) {
        return vocabulary.toString().endsWith(JSON);
    }

    /**
     * Opens a {@code tokenizer.json}.
     *
     * @throws PaletteException when it cannot be read, or the library does not know what it describes
     */
    public static TokenizerFile open(Path file) {
        // What the file says of cutting and padding is for one use of the model; this is another.
        Map<String, String> plain = Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");
        byte[] json;
        int padding;
        try {
            json = Files.readAllBytes(file);
            padding = padding(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new PaletteException("cannot read the tokenizer %s: %s".formatted(file, e), e);
        }
        try {
            return new TokenizerFile(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), plain), padding);
        } catch (IOException
                | RuntimeException e) { // the binding throws what the native library says as RuntimeException
            throw new PaletteException(
                    "%s describes no tokenizer that the library (tokenizers %s) knows: %s; fetch the file again, or choose another encoder"
                            .formatted(file, TokenizerDescription.version(), e.getMessage()),
                    e);
        }
    }

    private static int padding(JsonNode root) {
        for (JsonNode token : root.path("added_tokens")) {
            if (PADS.contains(token.path("content").asText())) {
                return token.path("id").asInt();
            }
        }
        return 0; // what is there is masked
    }

    private static SequenceForm form(long encoding) {
        TokenizersLibrary library = TokenizersLibrary.LIB;
        try {
            return SequenceForm.of(
                    narrow(library.getTokenIds(encoding)),
                    library.getSpecialTokenMask(encoding),
                    library.getTypeIds(encoding));
        } finally {
            library.deleteEncoding(encoding);
        }
    }

    @Override
    public int[] ids(String text) {
        TokenizersLibrary library = TokenizersLibrary.LIB;
        long encoding = library.encode(tokenizer.getHandle(), text, false);
        try {
            return narrow(library.getTokenIds(encoding));
        } finally {
            library.deleteEncoding(encoding);
        }
    }

    @Override
    public Features features(String a, @Nullable String b, int maxLength) {
        int[] first = ids(a);
        int[] second = b == null ? new int[0] : ids(b);
        return second.length == 0
                ? single.of(first, Math.min(first.length, maxLength - single.specials()), second, 0)
                : cut(first, second, maxLength - pair.specials());
    }

    private Features cut(int[] first, int[] second, int room) {
        int shorter = Math.min(first.length, second.length);
        int longer = Math.max(first.length, second.length);
        if (shorter + longer > room) {
            longer = Math.max(shorter, room - shorter);
            if (shorter + longer > room) {
                shorter = room / 2;
                longer = room - shorter;
            }
        }
        boolean firstIsLonger = first.length > second.length;
        return firstIsLonger ? pair.of(first, longer, second, shorter) : pair.of(first, shorter, second, longer);
    }

    @Override
    public int padding() {
        return padding;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static int[] narrow(long[] ids) {
        int[] narrow = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            narrow[i] = (int) ids[i];
        }
        return narrow;
    }
}
