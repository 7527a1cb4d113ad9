package dev.palette.cli;

import dev.palette.experiment.StrictJson;
import dev.palette.result.Provenance;
import dev.palette.result.RunDetails;
import dev.palette.result.RunEntry;
import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.storage.ByteCount;
import dev.palette.table.Figure;
import dev.palette.table.NumberFormat;
import java.time.Duration;
import java.util.Locale;

/** One run in full, for a person. */
final class RunText {
    private final StringBuilder text = new StringBuilder();

    private RunText() {}

    static String of(RunDetails run) {
        RunText text = new RunText();
        text.head(run.entry());
        text.line("trial", StrictJson.canonical(run.trial()));
        text.provenance(run.provenance());
        run.result().ifPresent(text::result);
        for (RunDetails.Kept kept : run.checkpoints()) {
            text.line("checkpoint", "%s, %s".formatted(kept.name(), ByteCount.text(kept.bytes())));
        }
        text.line("log", run.log().toString());
        return text.text.toString().stripTrailing();
    }

    private void head(RunEntry run) {
        line("run", run.folder().toString());
        line("title", run.title());
        line("state", "%s, step %d of %d".formatted(run.state().label(), run.step(), run.steps()));
        line("size", ByteCount.text(run.bytes()));
        line("changed", run.changed().toString());
    }

    private void provenance(Provenance by) {
        line("started", by.started());
        line(
                "made by",
                "Palette %s, commit %s, numerics version %d".formatted(by.palette(), by.commit(), by.numerics()));
        line(
                "on",
                "%s, %s; %s, kernels %s, %d threads"
                        .formatted(by.processor(), by.system(), by.device(), by.kernels(), by.threads()));
        line("with", "%s, %s".formatted(by.java(), by.libraries()));
        line("weights", by.weights());
        by.data().forEach((file, hash) -> line("data", file + " " + hash));
    }

    private void result(RunResult result) {
        for (Score score : result.scores()) {
            line(
                    "score",
                    String.format(
                            Locale.ROOT,
                            "%s %s %s %.2f",
                            score.task(),
                            score.split(),
                            score.metric(),
                            100 * score.value()));
        }
        line("best step", "%d, selected on %s".formatted(result.bestStep(), result.selectedOn()));
        line(
                "parameters",
                String.format(
                        Locale.ROOT,
                        "%,d, %.4f × the encoder's",
                        result.parameters().total(),
                        result.parameters().timesEncoder()));
        Duration time = Duration.ofSeconds(Math.round(result.trainSeconds()));
        line("training", "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart()));
        line("memory", ByteCount.text(result.peakMemoryBytes()) + " at most");
        result.energy().ifPresent(joules -> line("energy", NumberFormat.ENERGY.text(Figure.of("energy", joules))));
    }

    private void line(String name, String value) {
        text.append(String.format(Locale.ROOT, "%-11s%s\n", name, value));
    }
}
