package dev.palette.task.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.task.Example;
import dev.palette.task.Head;
import dev.palette.task.LabelMetric;
import dev.palette.task.LabelledChoices;
import dev.palette.task.LabelledTexts;
import dev.palette.task.Loss;
import dev.palette.task.Split;
import dev.palette.task.Target;
import dev.palette.task.tags.TagMetric;
import dev.palette.task.tags.TaggedSentences;
import dev.palette.task.tags.TaggedSentences.Sentence;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTaskTest {
    @TempDir
    private Path data;

    @Test
    void textsOfCsvHaveTheLabelsOfTheirTrainingFile() throws IOException {
        write("a/train.csv", "text,label\n\"one, two\",yes\nthree,no\n");
        write("a/dev.csv", "label,text\nno,four\n");
        TextsTask task = (TextsTask) read(t -> t.csv("a/*.csv").text("text").label("label"));

        assertThat(task.target()).isEqualTo(new Target.Classification(List.of("no", "yes")));
        assertThat(task.splits()).containsExactly(Split.TRAIN, Split.DEV);
        assertThat(task.files(data))
                .isEqualTo(Map.of(Split.TRAIN, data.resolve("a/train.csv"), Split.DEV, data.resolve("a/dev.csv")));
        assertThat(task.read(Split.TRAIN, data).list())
                .containsExactly(new Example(0, "one, two", null, 1), new Example(1, "three", null, 0));
        assertThat(task.read(Split.DEV, data).list()).containsExactly(new Example(0, "four", null, 0));
        assertThat(task.form(Split.DEV, data).orElseThrow().key())
                .isEqualTo(task.form(Split.TRAIN, data).orElseThrow().key());
        assertThatThrownBy(() -> task.read(Split.TEST, data)).hasMessage("task 'x' has no test split, only train, dev");
    }

    @Test
    void aSplitMayHaveAFileOfItsOwnAndATestNoLabels() throws IOException {
        write("train.jsonl", "{\"q\": \"a\", \"p\": \"b\", \"s\": 1.5}\n");
        write("validation.jsonl", "{\"q\": \"c\", \"p\": \"d\", \"s\": 5}\n");
        write("test.jsonl", "{\"q\": \"e\", \"p\": \"f\"}\n");
        TextsTask task = (TextsTask) read(t -> t.jsonLines("*.jsonl")
                .devFile("validation.jsonl")
                .text("q", "p")
                .label("s")
                .scores(List.of(0.0, 5.0)));

        assertThat(task.metrics()).isEqualTo(List.of(LabelMetric.PEARSON, LabelMetric.SPEARMAN));
        assertThat(task.read(Split.DEV, data).list()).containsExactly(new Example(0, "c", "d", 5));
        assertThat(task.read(Split.TEST, data).list()).containsExactly(new Example(0, "e", "f", Double.NaN));
    }

    @Test
    void aNumberThatIsNoLabelsNameIsALabelsNumber() throws IOException {
        Files.copy(Golden.find("tasks/kinds-snappy.parquet"), data.resolve("train.parquet"));
        Files.copy(Golden.find("tasks/kinds-zstd.parquet"), data.resolve("dev.parquet"));
        LabelledTexts named = (LabelledTexts)
                read(t -> t.parquet("*.parquet").text("text").label("label").labels("no", "yes"))
                        .read(Split.TRAIN, data);
        TextsTask unnamed =
                (TextsTask) read(t -> t.parquet("*.parquet").text("text").label("label"));

        assertThat(named.labels()).containsExactly(0, 1, 1, 0);
        assertThat(unnamed.target()).isEqualTo(new Target.Classification(List.of("0", "1")));
        assertThatThrownBy(() -> read(t -> t.parquet("*.parquet")
                                .text("text")
                                .label("label")
                                .labels("only", "these"))
                        .read(Split.DEV, data.resolve("absent")))
                .isInstanceOf(PaletteException.class);
    }

    @Test
    void aLabelOutsideTheSetNamesFileLineAndColumn() throws IOException {
        write("train.csv", "text,label\na,yes\nb,no\n");
        write("dev.csv", "text,label\na,maybe\n");
        OwnTask task = read(t -> t.csv("*.csv").text("text").label("label"));

        assertThatThrownBy(() -> task.read(Split.DEV, data))
                .hasMessage(data.resolve("dev.csv") + ":2: found label 'maybe', expected one of no, yes");
    }

    @Test
    void choicesAreColumnsOrAList() throws IOException {
        write("train.csv", "start,a,b,right\nIt rained,wet,dry,1\nIt shone,wet,dry,2\n");
        write("dev.csv", "start,a,b,right\nIt rained,wet,dry,2\n");
        ChoicesTask columns = (ChoicesTask) read(t ->
                t.csv("*.csv").text("start").choices("a", "b").label("right").labels("1", "2"));
        write("train.jsonl", "{\"q\": \"x\", \"c\": [\"1\", \"2\", \"3\"], \"l\": 2}\n");
        write("dev.jsonl", "{\"q\": \"x\", \"c\": [\"1\", \"2\"], \"l\": 2}\n");
        ChoicesTask list = (ChoicesTask)
                read(t -> t.jsonLines("*.jsonl").text("q").choices("c").label("l"));

        assertThat(columns.head()).isEqualTo(new Head.Choice(2));
        assertThat(columns.read(Split.TRAIN, data).right()).containsExactly(0, 1);
        assertThat(list.labels()).containsExactly("0", "1", "2");
        LabelledChoices train = list.read(Split.TRAIN, data);
        assertThat(train.list()).containsExactly(new LabelledChoices.Choice(0, "x", List.of("1", "2", "3"), 2));
        assertThatThrownBy(() -> list.read(Split.DEV, data))
                .hasMessage(data.resolve("dev.jsonl") + ":1: found 2 choices, expected 3, as the first row has");
    }

    @Test
    void tagsAreOfConllOrOfListsAndNumbers() throws IOException {
        write("train.txt", "Ann B-PER\nsings O\n");
        write("dev.txt", "Bo B-PER\nLi I-PER\n");
        TagsTask conll = (TagsTask) read(t -> t.conll("*.txt").tags("2"));
        write("train.jsonl", "{\"tokens\": [\"Ann\", \"sings\"], \"ner\": [1, 0]}\n");
        write("dev.jsonl", "{\"tokens\": [\"Ann\", \"sings\"], \"ner\": [1]}\n");
        TagsTask lists = (TagsTask) read(t -> t.jsonLines("*.jsonl").tags("ner").labels("O", "B-PER", "I-PER"));

        assertThat(conll.labels()).containsExactly("B-PER", "O");
        assertThat(conll.head()).isEqualTo(new Head.Token(2));
        assertThat(conll.loss()).isEqualTo(Loss.TOKENS);
        assertThat(conll.metrics()).isEqualTo(List.of(TagMetric.values()));
        TaggedSentences sentences = conll.read(Split.TRAIN, data);
        assertThat(sentences.list()).containsExactly(new Sentence(0, List.of("Ann", "sings"), List.of("B-PER", "O")));
        assertThatThrownBy(() -> conll.read(Split.DEV, data))
                .hasMessage(data.resolve("dev.txt") + ":1: found tag 'I-PER' in column '2', expected one of B-PER, O");
        assertThat(lists.read(Split.TRAIN, data).list().get(0).tags()).containsExactly("B-PER", "O");
        assertThatThrownBy(() -> lists.read(Split.DEV, data))
                .hasMessage(
                        data.resolve("dev.jsonl") + ":1: found 1 tags in column 'ner', expected 2, one for each token");
    }

    @Test
    void aModelIsAskedInTheFormOfTheFiles() throws IOException {
        write("train.txt", "Ann B-PER\nsings O\n");
        write("dev.txt", "Bo B-PER\n");
        OwnTask tags = read(t -> t.conll("*.txt").tags("2"));
        write("train.csv", "start,a,b,right\nIt rained,wet,dry,1\n");
        write("dev.csv", "start,a,b,right\nIt rained,wet,dry,0\n");
        OwnTask choices =
                read(t -> t.csv("*.csv").text("start").choices("a", "b").label("right"));

        assertThat(((TaggedSentences) tags.asked(List.of(List.of("Bo  sings")))).list())
                .containsExactly(new Sentence(0, List.of("Bo", "sings"), List.of()));
        assertThat(((LabelledChoices) choices.asked(List.of(List.of("It shone", "wet", "dry")))).list())
                .containsExactly(new LabelledChoices.Choice(0, "It shone", List.of("wet", "dry"), Double.NaN));
        assertThatThrownBy(() -> tags.asked(List.of(List.of("Bo", "sings"))))
                .hasMessage(
                        "task 'x' is asked about one sentence at a time, tokens parted by blanks, and was given 2 texts");
        assertThatThrownBy(() -> choices.asked(List.of(List.of("It shone"))))
                .hasMessage("task 'x' is asked about a text and its 2 choices, and was given 1 texts");
    }

    @Test
    void whatIsMissingOrTooMuchIsSaid() {
        message(t -> t.text("a"))
                .hasMessageContaining("task 'x' lacks its files")
                .hasMessageContaining("label 'intent'");
        message(t -> t.csv("*.csv").tokens("t")).hasMessage("task 'x' lacks the column of the tags: tags 'ner_tags'");
        message(t -> t.csv("*.csv").tags("t").label("l"))
                .hasMessage("task 'x' has tags and cannot have label too; take one of them out");
        message(t -> t.csv("*.csv").tsv("*.tsv")).hasMessageContaining("both csv and tsv are given");
        message(t -> t.csv("a.csv").text("a").label("b"))
                .hasMessageContaining("expected a '*' that stands for train, dev and test, as in 'intents/*.csv'");
        message(t -> t.csv("*.csv").text("a").label("b").trainExamples(0))
                .hasMessage("trainExamples is 0, expected a whole number of at least 1");
        message(t -> t.csv("*.csv").text("a").label("b").labels("x", "y").scores(List.of(0.0, 1.0)))
                .hasMessageContaining("has scores and cannot have labels too");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> message(Consumer<OwnTaskOptions> options) {
        return assertThatThrownBy(() -> OwnTask.of("x", options)).isInstanceOf(PaletteException.class);
    }

    private OwnTask read(Consumer<OwnTaskOptions> options) {
        return (OwnTask) OwnTask.of("x", options).readFrom(data);
    }

    private void write(String file, String content) throws IOException {
        Path path = data.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
