package dev.palette.task.own;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.PaletteException;
import dev.palette.task.Examples;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import dev.palette.task.Metric;
import dev.palette.task.Split;
import dev.palette.task.TaskName;
import dev.palette.task.rows.Row;
import dev.palette.task.rows.Table;
import dev.palette.task.tags.TagMetric;
import dev.palette.task.tags.TaggedSentences;
import dev.palette.task.tags.TaggedSentences.Sentence;
import dev.palette.text.WhiteSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A label for each token: {@code task('ner') { conll 'ner/*.txt'; tokens '1'; tags '4' }}.
 *
 * @param name unique in an experiment
 * @param source its files
 * @param splits the splits whose files there are; empty before they are {@linkplain #readFrom looked for}
 * @param tokens the column that lists a sentence's tokens
 * @param tags the column that lists their tags
 * @param labels every tag, in order; empty before the files are read where they are those of the training file
 * @param trainExamples how many of the training sentences are trained on; null for all
 */
public record TagsTask(
        String name,
        SplitFiles source,
        List<Split> splits,
        String tokens,
        String tags,
        List<String> labels,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Limit(least = 1) @Nullable
        Integer trainExamples)
        implements OwnTask {
    /** Checks the name and copies the lists. */
    public TagsTask {
        TaskName.check(name);
        splits = List.copyOf(splits);
        labels = List.copyOf(labels);
        Limits.check(TagsTask.class, name, source, splits, tokens, tags, labels, trainExamples);
    }

    /**
     * The task with the splits whose files there are, and with the tags that the training file has where none were given, in alphabetical
     * order.
     *
     * @throws PaletteException when there is no training or no dev file, or one lacks a column
     */
    @Override
    public TagsTask readFrom(@Nullable Path dataDirectory) {
        if (!splits.isEmpty()) {
            return this;
        }
        TagsTask found = with(source.present(name, dataDirectory), labels);
        Path data = Objects.requireNonNull(dataDirectory); // or it would have been asked for
        found.splits().forEach(split -> found.table(split, data));
        return labels.isEmpty()
                ? found.with(
                        found.splits(), FoundLabels.in(found.table(Split.TRAIN, data), tags, row -> row.texts(tags)))
                : found;
    }

    private TagsTask with(List<Split> present, List<String> named) {
        return new TagsTask(name, source, present, tokens, tags, named, trainExamples);
    }

    @Override
    public String word() {
        return "tags";
    }

    @Override
    public List<String> columns(boolean labelled) {
        return labelled ? List.of(tokens, tags) : List.of(tokens);
    }

    @Override
    public Head head() {
        return new Head.Token(labels.size());
    }

    @Override
    public Loss loss() {
        return Loss.TOKENS;
    }

    @Override
    public List<? extends Metric> metrics() {
        return TagMetric.of(labels);
    }

    @Override
    public TaggedSentences read(Split split, Path dataDirectory) {
        Table table = table(split, dataDirectory);
        boolean labelled = table.columns().contains(tags);
        List<Sentence> sentences = new ArrayList<>();
        table.readSome(
                row -> sentences.add(new Sentence(row.number(), tokens(row), labelled ? tagsOf(row) : List.of())));
        return new TaggedSentences(labels, sentences);
    }

    private List<String> tokens(Row row) {
        List<String> found = row.texts(tokens);
        if (found.isEmpty()) {
            throw row.problem("no token in column '%s'".formatted(tokens), "a sentence of one or more");
        }
        return found;
    }

    private List<String> tagsOf(Row row) {
        List<String> found = new ArrayList<>();
        row.texts(tags); // a list of texts or numbers
        for (JsonNode tag : row.cell(tags)) {
            found.add(named(tag, row));
        }
        int count = row.texts(tokens).size();
        if (found.size() != count) {
            throw row.problem("%d tags in column '%s'".formatted(found.size(), tags), count + ", one for each token");
        }
        return found;
    }

    /** A tag's name; a number that is none stands for the tag of that number, as in Hugging Face's files. */
    private String named(JsonNode tag, Row row) {
        if (labels.contains(tag.asText())) {
            return tag.asText();
        }
        if (tag.isIntegralNumber() && tag.canConvertToInt() && tag.intValue() >= 0 && tag.intValue() < labels.size()) {
            return labels.get(tag.intValue());
        }
        throw row.problem(
                "tag '%s' in column '%s'".formatted(tag.asText(), tags), "one of " + String.join(", ", labels));
    }

    /** Sentences whose tokens are parted by white space. */
    @Override
    public Examples asked(List<List<String>> texts) {
        List<Sentence> sentences = new ArrayList<>();
        for (List<String> each : texts) {
            List<String> words = each.size() == 1 ? WhiteSpace.split(each.get(0)) : List.of();
            if (words.isEmpty()) {
                throw new PaletteException(
                        "task '%s' is asked about one sentence at a time, tokens parted by blanks, and was given %d texts"
                                .formatted(name, each.size()));
            }
            sentences.add(new Sentence(sentences.size(), words, List.of()));
        }
        return new TaggedSentences(labels, sentences);
    }
}
