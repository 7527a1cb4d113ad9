package dev.palette.original;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.experiment.Trial;
import dev.palette.result.PredictionFile;
import dev.palette.result.RunDirectory;
import dev.palette.result.Score;
import dev.palette.spec.PaletteException;
import dev.palette.task.Evaluation;
import dev.palette.task.LabelledTexts;
import dev.palette.task.Outputs;
import dev.palette.task.TextTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * What {@code eval_results.txt} says of a finished run: for each dev set {@code eval_accuracy} (its first metric, as in the
 * original), {@code eval_loss}, every official metric, and for a trained model {@code loss} and {@code global_step}. With
 * several dev sets the keys begin with the set's name, {@code cola.eval_accuracy}; the original overwrote one task's file with the
 * next one's.
 *
 * @param trial GLUE tasks
 * @param run finished
 * @param dataDirectory the folder that holds the tasks' folders
 * @param evaluationBatch the batches that {@code eval_loss} is a mean of
 */
record GlueReport(Trial trial, RunDirectory run, Path dataDirectory, int evaluationBatch) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes the file. */
    void write(Path file) {
        EvalResults results = new EvalResults();
        boolean single = trial.tasks().size() == 1;
        List<Score> scores = run.result().scores();
        for (var described : trial.tasks()) {
            TextTask task = (TextTask) described;
            for (Evaluation evaluation : task.evaluations()) {
                boolean plain = single && evaluation.name().equals(task.name());
                add(results, plain ? "" : evaluation.name() + ".", task, evaluation, scores);
            }
        }
        if (trial.training().steps() > 0) {
            results.add("global_step", trial.training().steps());
            results.add("loss", meanTrainingLoss());
        }
        results.write(file);
    }

    private void add(EvalResults results, String prefix, TextTask task, Evaluation evaluation, List<Score> scores) {
        List<Score> own = scores.stream()
                .filter(score -> score.task().equals(task.name())
                        && score.split().equals(evaluation.split().label()))
                .toList();
        results.add(prefix + "eval_accuracy", own.get(0).value());
        own.forEach(score -> results.add(prefix + score.metric(), score.value()));
        results.add(prefix + "eval_loss", loss(task, evaluation));
    }

    private double loss(TextTask task, Evaluation evaluation) {
        Path file = new PredictionFile(task.name(), evaluation.split()).in(run.predictions(), PredictionFile.TABLE);
        List<float[]> logits =
                lines(file).stream().skip(1).map(GlueReport::logits).toList();
        LabelledTexts examples = (LabelledTexts) task.read(evaluation.split(), dataDirectory);
        return new EvaluationLoss(task.target(), evaluationBatch).of(new Outputs(logits), examples.labels());
    }

    /** What stands after the row's index and its prediction. */
    private static float[] logits(String line) {
        String[] columns = line.split("\t", -1);
        float[] logits = new float[columns.length - 2];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Float.parseFloat(columns[i + 2]);
        }
        return logits;
    }

    /** Mean loss of the steps since the last evaluation but one: the original's last epoch. */
    private double meanTrainingLoss() {
        int every = trial.training().evaluate().every();
        long before = every == 0 ? 0 : (trial.training().steps() - 1L) / every * every;
        try {
            DoubleSummaryStatistics losses = new DoubleSummaryStatistics();
            for (String line : lines(run.metrics())) {
                JsonNode entry = JSON.readTree(line);
                if (entry.has("loss") && entry.get("step").asLong() > before) {
                    losses.accept(entry.get("loss").asDouble());
                }
            }
            return losses.getAverage();
        } catch (JsonProcessingException e) {
            throw new PaletteException("%s is damaged: %s".formatted(run.metrics(), e.getOriginalMessage()), e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }
}
