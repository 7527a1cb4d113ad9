package dev.palette.original;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A tiny encoder's files and tiny data, as the original's flags name them. */
public final class TinyFiles {
    private static final List<String> WORDS = List.of("good", "bad", "cat", "dog", "runs", "sleeps", "the", ".");

    public final Path folder;
    public final Path vocabulary;

    public TinyFiles(Path folder) throws IOException {
        this.folder = folder;
        vocabulary = folder.resolve("vocab.txt");
        Files.writeString(vocabulary, "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n" + String.join("\n", WORDS) + "\n");
    }

    /** The configuration of a tiny encoder, with more keys in JSON. */
    public Path config(String name, String moreKeys) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {"vocab_size": 13, "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3,
                 "intermediate_size": 20, "hidden_act": "gelu", "hidden_dropout_prob": 0.1,
                 "attention_probs_dropout_prob": 0.1, "max_position_embeddings": 40, "type_vocab_size": 2,
                 "initializer_range": 0.02%s}
                """.formatted(moreKeys));
    }

    /** CoLA in its own folder: what is good is 1. */
    public Path cola(Path data, int train, int dev) throws IOException {
        Path cola = Files.createDirectories(data.resolve("CoLA"));
        Files.writeString(cola.resolve("train.tsv"), colaRows(train));
        Files.writeString(cola.resolve("dev.tsv"), colaRows(dev));
        return cola;
    }

    private static String colaRows(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> "made\t%d\t\tthe %s %s %s .%n"
                        .formatted(
                                i % 2,
                                i % 2 == 1 ? "good" : "bad",
                                i % 3 == 0 ? "cat" : "dog",
                                i % 5 == 0 ? "runs" : "sleeps"))
                .collect(Collectors.joining())
                .replace("\r", "");
    }
}
