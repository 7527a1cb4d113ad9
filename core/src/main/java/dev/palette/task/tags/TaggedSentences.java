package dev.palette.task.tags;

import dev.palette.task.Dataset;
import dev.palette.task.Examples;
import dev.palette.text.Tokenizer;
import dev.palette.text.WordPiece;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sentences of one split, in the order of their file.
 *
 * @param tags every tag there is; a tag is an index in this list
 * @param list the sentences; at least one
 */
public record TaggedSentences(List<String> tags, List<Sentence> list) implements Examples {
    /**
     * A sentence.
     *
     * @param row its row in the file, from 0
     * @param tokens what is tagged; at least one
     * @param tags each token's tag, as the file writes it; empty where the split has none
     */
    public record Sentence(int row, List<String> tokens, List<String> tags) {
        /** Copies the lists. */
        public Sentence {
            tokens = List.copyOf(tokens);
            tags = List.copyOf(tags);
        }
    }

    /** Copies the lists. */
    public TaggedSentences {
        tags = List.copyOf(tags);
        list = List.copyOf(list);
    }

    @Override
    public int size() {
        return list.size();
    }

    @Override
    public Dataset encode(Tokenizer tokenizer, int maxLength) {
        WordPiece wordPiece = WordPiece.required(tokenizer, "tagging tokens");
        return TagDataset.of(
                this,
                list.stream()
                        .map(sentence -> TokenPieces.of(sentence.tokens(), wordPiece, maxLength))
                        .toList(),
                wordPiece);
    }

    @Override
    public Map<String, Long> labelCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        tags.forEach(tag -> counts.put(tag, 0L));
        list.forEach(sentence -> sentence.tags().forEach(tag -> counts.merge(tag, 1L, Long::sum)));
        return counts.values().stream().allMatch(count -> count == 0) ? Map.of() : counts;
    }

    @Override
    public List<String> contents() {
        return list.stream()
                .map(sentence -> String.join("\0", sentence.tokens()))
                .toList();
    }

    /** How often each tag occurs. */
    @Override
    public Optional<float[]> commonest() {
        float[] counts = new float[tags.size()];
        list.forEach(sentence -> sentence.tags().forEach(tag -> counts[tags.indexOf(tag)]++));
        return Optional.of(counts);
    }
}
