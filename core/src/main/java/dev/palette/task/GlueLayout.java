package dev.palette.task;

import static dev.palette.task.Split.DEV;
import static dev.palette.task.Split.DEV_MISMATCHED;
import static dev.palette.task.Split.TEST;
import static dev.palette.task.Split.TEST_MISMATCHED;
import static dev.palette.task.Split.TRAIN;

import dev.palette.task.Target.Classification;
import dev.palette.task.Target.Regression;
import dev.palette.task.TsvLayout.Files;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The data sets of GLUE (Wang et al. 2019) as its official download lays them out, with the benchmark's official metrics. Labels
 * are in the order of the original code.
 */
public enum GlueLayout {
    /** The Corpus of Linguistic Acceptability: is this sentence grammatical? */
    COLA(
            "CoLA",
            new Classification(List.of("0", "1")),
            List.of(LabelMetric.MATTHEWS),
            Files.ofTexts("sentence", "label")
                    .headless(TRAIN, "train.tsv", "source|label|mark|sentence")
                    .headless(DEV, "dev.tsv", "source|label|mark|sentence")
                    .with(TEST, "test.tsv", "index|sentence")),

    /** The Stanford Sentiment Treebank: is this review phrase positive? */
    SST(
            "SST-2",
            new Classification(List.of("0", "1")),
            List.of(LabelMetric.ACCURACY),
            Files.ofTexts("sentence", "label")
                    .with(TRAIN, "train.tsv", "sentence|label")
                    .with(DEV, "dev.tsv", "sentence|label")
                    .with(TEST, "test.tsv", "index|sentence")),

    /** The Microsoft Research Paraphrase Corpus: do these two sentences say the same? */
    MRPC(
            "MRPC",
            new Classification(List.of("0", "1")),
            List.of(LabelMetric.ACCURACY, LabelMetric.F1),
            Files.ofPairs("#1 String", "#2 String", "Quality")
                    .with(TRAIN, "train.tsv", "Quality|#1 ID|#2 ID|#1 String|#2 String")
                    .with(DEV, "dev.tsv", "Quality|#1 ID|#2 ID|#1 String|#2 String")
                    .with(TEST, "test.tsv", "index|#1 ID|#2 ID|#1 String|#2 String")),

    /** The Semantic Textual Similarity Benchmark: how alike, from 0 to 5, are these two sentences? */
    STS(
            "STS-B",
            new Regression(0, 5),
            List.of(LabelMetric.PEARSON, LabelMetric.SPEARMAN),
            Files.ofPairs("sentence1", "sentence2", "score")
                    .with(TRAIN, "train.tsv", Columns.STS + "|score")
                    .with(DEV, "dev.tsv", Columns.STS + "|score")
                    .with(TEST, "test.tsv", Columns.STS)),

    /** Quora Question Pairs: do these two questions ask the same? Its files hold some rows broken by a line end. */
    QQP(
            "QQP",
            new Classification(List.of("0", "1")),
            List.of(LabelMetric.ACCURACY, LabelMetric.F1),
            Files.ofPairs("question1", "question2", "is_duplicate")
                    .skippingShortRows()
                    .with(TRAIN, "train.tsv", "id|qid1|qid2|question1|question2|is_duplicate")
                    .with(DEV, "dev.tsv", "id|qid1|qid2|question1|question2|is_duplicate")
                    .with(TEST, "test.tsv", "id|question1|question2")),

    /** Multi-genre natural language inference: does the first sentence imply, contradict, or leave open the second? */
    MNLI(
            "MNLI",
            new Classification(List.of("contradiction", "entailment", "neutral")),
            List.of(LabelMetric.ACCURACY),
            Files.ofPairs("sentence1", "sentence2", "gold_label")
                    .with(TRAIN, "train.tsv", Columns.MNLI + "|label1|gold_label")
                    .with(DEV, "dev_matched.tsv", Columns.MNLI + "|label1|label2|label3|label4|label5|gold_label")
                    .with(
                            DEV_MISMATCHED,
                            "dev_mismatched.tsv",
                            Columns.MNLI + "|label1|label2|label3|label4|label5|gold_label")
                    .with(TEST, "test_matched.tsv", Columns.MNLI)
                    .with(TEST_MISMATCHED, "test_mismatched.tsv", Columns.MNLI)),

    /** Question natural language inference, from SQuAD: does the sentence hold the answer to the question? */
    QNLI(
            "QNLI",
            new Classification(List.of("entailment", "not_entailment")),
            List.of(LabelMetric.ACCURACY),
            Files.ofPairs("question", "sentence", "label")
                    .with(TRAIN, "train.tsv", "index|question|sentence|label")
                    .with(DEV, "dev.tsv", "index|question|sentence|label")
                    .with(TEST, "test.tsv", "index|question|sentence")),

    /** Recognizing Textual Entailment: does the first text imply the second? */
    RTE(
            "RTE",
            new Classification(List.of("entailment", "not_entailment")),
            List.of(LabelMetric.ACCURACY),
            Files.ofPairs("sentence1", "sentence2", "label")
                    .with(TRAIN, "train.tsv", "index|sentence1|sentence2|label")
                    .with(DEV, "dev.tsv", "index|sentence1|sentence2|label")
                    .with(TEST, "test.tsv", "index|sentence1|sentence2")),

    /** Winograd natural language inference: is a pronoun rightly replaced? Its dev set contradicts its training set by design. */
    WNLI(
            "WNLI",
            new Classification(List.of("0", "1")),
            List.of(LabelMetric.ACCURACY),
            Files.ofPairs("sentence1", "sentence2", "label")
                    .with(TRAIN, "train.tsv", "index|sentence1|sentence2|label")
                    .with(DEV, "dev.tsv", "index|sentence1|sentence2|label")
                    .with(TEST, "test.tsv", "index|sentence1|sentence2")),

    /** The diagnostic set: probes, phenomenon by phenomenon, a model that was trained on MNLI. No training data, no labels. */
    AX(
            "diagnostic",
            new Classification(List.of("contradiction", "entailment", "neutral")),
            List.of(LabelMetric.MATTHEWS),
            Files.ofPairs("sentence1", "sentence2", "label").with(TEST, "diagnostic.tsv", "index|sentence1|sentence2"));

    private final String directory;
    private final Target target;
    private final List<LabelMetric> metrics;
    private final Map<Split, TsvLayout> files;

    GlueLayout(String directory, Target target, List<LabelMetric> metrics, Files files) {
        this.directory = directory;
        this.target = target;
        this.metrics = metrics;
        this.files = Collections.unmodifiableMap(files.bySplit());
    }

    /** Training examples that GLUE's download of 2019 holds; empty where there are none to train on. */
    OptionalInt officialExamples() {
        return switch (this) {
            case COLA -> OptionalInt.of(8_551);
            case SST -> OptionalInt.of(67_349);
            case MRPC -> OptionalInt.of(3_668);
            case STS -> OptionalInt.of(5_749);
            case QQP -> OptionalInt.of(363_846);
            case MNLI -> OptionalInt.of(392_702);
            case QNLI -> OptionalInt.of(104_743);
            case RTE -> OptionalInt.of(2_490);
            case WNLI -> OptionalInt.of(635);
            case AX -> OptionalInt.empty();
        };
    }

    /** What a script says after {@code glue.}: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The folder's name in GLUE's download. */
    public String directory() {
        return directory;
    }

    /** What is predicted. */
    public Target target() {
        return target;
    }

    /** The official metrics. */
    public List<LabelMetric> metrics() {
        return metrics;
    }

    /** How many texts an example has: 1, or 2 for pairs. */
    int texts() {
        return files.values().stream().allMatch(file -> file.textB() == null) ? 1 : 2;
    }

    Map<Split, TsvLayout> files() {
        return files;
    }

    /** Columns that several files of one data set begin with; constants of the enum itself cannot be used above. */
    private static final class Columns {
        static final String STS = "index|genre|filename|year|old_index|source1|source2|sentence1|sentence2";
        static final String MNLI = "index|promptID|pairID|genre|sentence1_binary_parse|sentence2_binary_parse"
                + "|sentence1_parse|sentence2_parse|sentence1|sentence2";
    }
}
