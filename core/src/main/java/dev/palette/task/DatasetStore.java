package dev.palette.task;

import dev.palette.pretrained.FingerprintMemory;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.text.Tokenizer;
import dev.palette.text.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives tasks' splits as the model reads them: tokenised now, or mapped into memory from an earlier time. A dataset is kept
 * under a name made of all that decides its numbers: the data file's and the vocabulary's content, the longest sequence, the
 * task's {@linkplain DatasetForm#key form} and the tokenizer's version. A changed input so finds nothing, and what is found is
 * right. A damaged file is said to be so and made again; processes that make the same one at a time write the same.
 *
 * <p>Not for several threads; the datasets are.
 */
public final class DatasetStore implements AutoCloseable {
    /** What the arrays mean; another number leaves all earlier files to be forgotten. */
    private static final int LAYOUT = 1;

    private static final int NAME_DIGITS = 32;

    private final DatasetFolder folder;
    private final FingerprintMemory fingerprints;
    private final Path vocabularyFile;
    private final boolean lowerCase;
    private final int maxLength;
    private final Consumer<String> messages;
    private final Map<String, Dataset> opened = new HashMap<>();
    private @Nullable Vocabulary vocabulary;
    private @Nullable Tokenizer tokenizer;

    /**
     * A store for one encoder and one longest sequence.
     *
     * @param cache the folder of everything that is kept; the datasets lie in {@code tokenised}
     * @param vocabularyFile the encoder's {@code vocab.txt}; not read where everything is found
     * @param lowerCase whether it is of lower-cased text
     * @param maxLength longest sequence in word pieces, special tokens counted
     * @param messages hears of damaged files, and of what could not be kept
     */
    public DatasetStore(Path cache, Path vocabularyFile, boolean lowerCase, int maxLength, Consumer<String> messages) {
        this.folder = new DatasetFolder(cache.resolve("tokenised"));
        this.fingerprints = FingerprintMemory.in(cache);
        this.vocabularyFile = vocabularyFile;
        this.lowerCase = lowerCase;
        this.maxLength = maxLength;
        this.messages = messages;
    }

    /** {@link Examples#encode} or {@link Examples#encodeToTrain}. */
    private interface Encoding {
        Dataset of(Examples examples, Tokenizer tokenizer, int maxLength);
    }

    /**
     * The training split as it is trained on.
     *
     * @param dataDirectory the folder that holds every task's folder
     * @throws PaletteException when the file is missing or malformed
     */
    public Dataset toTrain(Task task, Path dataDirectory) {
        return dataset(task, Split.TRAIN, dataDirectory, task.formToTrain(dataDirectory), Examples::encodeToTrain);
    }

    /**
     * A split as it is predicted.
     *
     * @param dataDirectory the folder that holds every task's folder
     * @throws PaletteException when the task has no such split, or its file is missing or malformed
     */
    public Dataset toPredict(Task task, Split split, Path dataDirectory) {
        return dataset(task, split, dataDirectory, task.form(split, dataDirectory), Examples::encode);
    }

    private Dataset dataset(Task task, Split split, Path dataDirectory, Optional<DatasetForm> form, Encoding encoding) {
        Supplier<Dataset> anew = () -> encoding.of(task.read(split, dataDirectory), tokenizer(), maxLength);
        Path source = task.files(dataDirectory).get(split);
        if (form.isEmpty() || source == null || !Files.isRegularFile(source)) {
            return anew.get();
        }
        String key = key(source, form.get());
        Dataset known = opened.get(key);
        if (known == null) {
            Path file = folder.file(
                    FileDigest.sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS));
            known = kept(file, key, form.get()).orElseGet(() -> {
                Dataset made = anew.get();
                if (key(source, form.get()).equals(key)) { // else the file was changed while it was read
                    keep(file, key, made);
                }
                return made;
            });
            opened.put(key, known);
        }
        return known;
    }

    private String key(Path source, DatasetForm form) {
        return String.join(
                "\n",
                "layout " + LAYOUT,
                "data " + fingerprints.sha256(source),
                "vocabulary " + fingerprints.sha256(vocabularyFile) + (lowerCase ? " lower case" : " own case"),
                "length " + maxLength,
                Tokenizer.rules(),
                form.key());
    }

    /** What the file holds, if it is there and whole. */
    private Optional<Dataset> kept(Path file, String key, DatasetForm form) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Dataset dataset = form.dataset(DatasetFile.read(file, key), this::vocabulary);
            folder.used(file);
            return Optional.of(dataset);
        } catch (PaletteException damage) {
            messages.accept("the tokenised examples of %s are made again: %s"
                    .formatted(file.getFileName(), damage.getMessage()));
            return Optional.empty();
        }
    }

    /** Keeps a new dataset where it can be; training needs it, not the file. */
    private void keep(Path file, String key, Dataset dataset) {
        dataset.arrays().ifPresent(arrays -> {
            try {
                DatasetFile.write(file, key, arrays);
                folder.dropUnused();
            } catch (PaletteException e) {
                messages.accept("tokenised examples are not kept for the next time: " + e.getMessage());
            }
        });
    }

    private Vocabulary vocabulary() {
        if (vocabulary == null) {
            vocabulary = Vocabulary.read(vocabularyFile, lowerCase);
        }
        return vocabulary;
    }

    private Tokenizer tokenizer() {
        if (tokenizer == null) {
            tokenizer = Tokenizer.of(vocabularyFile, lowerCase);
        }
        return tokenizer;
    }

    /** Frees the native tokenizer; it is opened again should another dataset be asked for. */
    @Override
    public void close() {
        if (tokenizer != null) {
            tokenizer.close();
            tokenizer = null;
        }
        opened.clear();
    }
}
