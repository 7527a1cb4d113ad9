package dev.palette.submission;

import dev.palette.result.PredictionFile;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTask;
import dev.palette.task.Split;
import dev.palette.task.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The tables of a submission, by the names that GLUE's server wants, in the order of its list of tasks. */
public enum GlueTable {
    /** CoLA. */
    COLA("CoLA.tsv", GlueLayout.COLA, Split.TEST, 1_063),
    /** SST-2. */
    SST("SST-2.tsv", GlueLayout.SST, Split.TEST, 1_821),
    /** MRPC. */
    MRPC("MRPC.tsv", GlueLayout.MRPC, Split.TEST, 1_725),
    /** STS-B. */
    STS("STS-B.tsv", GlueLayout.STS, Split.TEST, 1_379),
    /** QQP. */
    QQP("QQP.tsv", GlueLayout.QQP, Split.TEST, 390_965),
    /** MNLI, from the sources of its training examples. */
    MNLI("MNLI-m.tsv", GlueLayout.MNLI, Split.TEST, 9_796),
    /** MNLI, from other sources. */
    MNLI_MISMATCHED("MNLI-mm.tsv", GlueLayout.MNLI, Split.TEST_MISMATCHED, 9_847),
    /** QNLI, in its second version. */
    QNLI("QNLI.tsv", GlueLayout.QNLI, Split.TEST, 5_463),
    /** RTE. */
    RTE("RTE.tsv", GlueLayout.RTE, Split.TEST, 3_000),
    /** WNLI. */
    WNLI("WNLI.tsv", GlueLayout.WNLI, Split.TEST, 146),
    /** The diagnostic set, predicted by a model of MNLI. */
    AX("AX.tsv", GlueLayout.AX, Split.TEST, 1_104);

    private final String file;
    private final GlueLayout layout;
    private final Split split;
    private final int rows;

    GlueTable(String file, GlueLayout layout, Split split, int rows) {
        this.file = file;
        this.layout = layout;
        this.split = split;
        this.rows = rows;
    }

    /** Its name in the archive. */
    public String file() {
        return file;
    }

    /** How many rows GLUE's own test set has. */
    public int officialRows() {
        return rows;
    }

    /** Where a run leaves its predictions. */
    public PredictionFile predictions() {
        return new PredictionFile(layout.word(), split);
    }

    /** The examples of the test set in a data folder; empty where it is not there. */
    Optional<Integer> rowsIn(Path data) {
        GlueTask task = new GlueTask.Options(layout).build();
        Path file = task.files(data).get(split);
        return file != null && Files.isRegularFile(file)
                ? Optional.of(task.read(split, data).size())
                : Optional.empty();
    }

    /** The task whose training examples say what is commonest; the diagnostic set has none and is judged as MNLI. */
    GlueTask trainedTask() {
        return new GlueTask.Options(this == AX ? GlueLayout.MNLI : layout).build();
    }

    /**
     * What the server wants in place of a prediction: classes as the data files write them, scores with three decimals and cut to
     * their range. Empty when the text is no prediction for this task.
     */
    Optional<String> text(String prediction) {
        if (layout.target() instanceof Target.Regression score) {
            try {
                double cut = Math.min(score.high(), Math.max(score.low(), Double.parseDouble(prediction)));
                return Double.isNaN(cut) ? Optional.empty() : Optional.of(String.format(Locale.ROOT, "%.3f", cut));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return layout.target().parse(prediction).isPresent() ? Optional.of(prediction) : Optional.empty();
    }

    /** What is expected of a prediction, for messages. */
    String expected() {
        return layout.target().expected();
    }
}
