package dev.palette.task.superglue;

import dev.palette.task.Examples;
import dev.palette.task.Head;
import dev.palette.task.LabelMetric;
import dev.palette.task.Metric;
import dev.palette.task.PairedMetric;
import dev.palette.task.rows.Table;
import dev.palette.task.squad.AnswerMetric;
import java.util.List;
import java.util.Locale;

/** The data sets of SuperGLUE, with the benchmark's official metrics. */
public enum SuperGlueLayout {
    /** Does the passage answer the question with yes? (Clark et al. 2019). */
    BOOLQ("BoolQ", List.of("false", "true"), List.of(LabelMetric.ACCURACY)) {
        @Override
        LabelledRows rows() {
            return LabelledRows.pairs("passage", "question");
        }
    },
    /** CommitmentBank: is its speaker committed to what is embedded in a text? (de Marneffe et al. 2019). */
    CB("CB", List.of("contradiction", "entailment", "neutral"), List.of(LabelMetric.ACCURACY, LabelMetric.F1_MACRO)) {
        @Override
        LabelledRows rows() {
            return LabelledRows.pairs("premise", "hypothesis");
        }
    },
    /** Which of two alternatives is the cause, or the effect? (Roemmele et al. 2011). */
    COPA("COPA", List.of("0", "1"), List.of(LabelMetric.ACCURACY)) {
        @Override
        LabelledRows rows() {
            return LabelledRows.causes();
        }
    },
    /** Which answers to a question about a passage are right, be it several or none? (Khashabi et al. 2018). */
    MULTIRC("MultiRC", List.of("0", "1"), List.of(AnswerSetMetric.values())) {
        @Override
        Judging judging() {
            return Judging.EACH_ANSWER;
        }

        @Override
        Examples read(Table table) {
            return new CandidateQuestions(judging(), MultiRcFile.read(table));
        }
    },
    /** Which entity of a passage was taken out of a sentence about it? (Zhang et al. 2018). */
    RECORD("ReCoRD", List.of("0", "1"), List.of(AnswerMetric.F1, AnswerMetric.EXACT_MATCH)) {
        @Override
        Judging judging() {
            return Judging.BEST_ENTITY;
        }

        @Override
        Examples read(Table table) {
            return new CandidateQuestions(judging(), RecordFile.read(table));
        }
    },
    /** Recognizing Textual Entailment: does the first text imply the second? */
    RTE("RTE", List.of("entailment", "not_entailment"), List.of(LabelMetric.ACCURACY)) {
        @Override
        LabelledRows rows() {
            return LabelledRows.pairs("premise", "hypothesis");
        }
    },
    /** Has a word the same meaning in two sentences? (Pilehvar &amp; Camacho-Collados 2019). */
    WIC("WiC", List.of("false", "true"), List.of(LabelMetric.ACCURACY)) {
        @Override
        LabelledRows rows() {
            return LabelledRows.ofWordsInContext();
        }
    },
    /** Winograd schemas: does a pronoun stand for a noun phrase? (Levesque et al. 2012). */
    WSC("WSC", List.of("false", "true"), List.of(LabelMetric.ACCURACY)) {
        @Override
        LabelledRows rows() {
            return LabelledRows.ofPronouns();
        }
    };

    private final String directory;
    private final List<String> labels;
    private final List<? extends Metric> metrics;

    SuperGlueLayout(String directory, List<String> labels, List<? extends Metric> metrics) {
        this.directory = directory;
        this.labels = labels;
        this.metrics = metrics;
    }

    /** What a script says after {@code superglue.}: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The folder's name in SuperGLUE's download. */
    public String directory() {
        return directory;
    }

    /** The classes as the files write them. */
    public List<String> labels() {
        return labels;
    }

    /** The official metrics, the most important first. */
    public List<? extends Metric> metrics() {
        return metrics;
    }

    /** One value for each of COPA's alternatives, of the others one for each class. */
    Head head() {
        return this == COPA ? new Head.Choice(labels.size()) : new Head.Sequence(labels.size());
    }

    /** Whether a question has several candidates that are judged one by one. */
    boolean hasCandidates() {
        return this == MULTIRC || this == RECORD;
    }

    /** The metrics that compare an example's label with what is predicted. */
    List<PairedMetric> paired() {
        return metrics.stream()
                .filter(PairedMetric.class::isInstance)
                .map(PairedMetric.class::cast)
                .toList();
    }

    /** What judgements of candidates come to. */
    Judging judging() {
        throw new IllegalStateException(this + " has one label an example");
    }

    /** How rows become labelled examples. */
    LabelledRows rows() {
        throw new IllegalStateException(this + " has questions with candidates");
    }

    /** The examples of a file. */
    Examples read(Table table) {
        return rows().read(table, labels, paired());
    }
}
