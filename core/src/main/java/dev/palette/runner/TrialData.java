package dev.palette.runner;

import dev.palette.experiment.Trial;
import dev.palette.result.PredictionFile;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Dataset;
import dev.palette.task.Evaluation;
import dev.palette.task.Examples;
import dev.palette.task.Holdout;
import dev.palette.task.MajorityBaseline;
import dev.palette.task.Scores;
import dev.palette.task.Split;
import dev.palette.task.Task;
import dev.palette.task.TrainingOrder;
import dev.palette.text.WordPiece;
import dev.palette.train.Selection;
import dev.palette.train.Training;
import dev.palette.train.TrainingTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A trial's examples, read, split and tokenised.
 *
 * @param training what it trains on and selects with, in the tasks' order
 * @param reported what it reports on
 * @param unlabelled what it only predicts
 */
record TrialData(List<TrainingTask> training, List<Reported> reported, List<PredictedSplit> unlabelled) {
    /**
     * One column of the table.
     *
     * @param majority what the commonest label scores there, where there is such a thing
     */
    record Reported(Task task, Evaluation evaluation, Dataset data, Optional<Scores> majority) {
        PredictionFile file() {
            return new PredictionFile(task.name(), evaluation.split());
        }
    }

    /**
     * Reads everything the trial needs.
     *
     * @param folder holds the tasks' folders
     * @param predictTest whether the test sets that are there are to be predicted
     * @param messages hears of rows and files that are left out
     */
    static TrialData load(
            Trial trial,
            Path folder,
            boolean predictTest,
            WordPiece wordPiece,
            RandomStreams random,
            Consumer<String> messages) {
        List<TrainingTask> training = new ArrayList<>();
        List<Reported> reported = new ArrayList<>();
        Training plan = trial.training();
        for (Task task : trial.tasks()) {
            Optional<Examples> train = train(task, folder, plan);
            train.ifPresent(
                    examples -> examples.remarks().forEach(remark -> messages.accept(task.name() + ": " + remark)));
            Map<String, Dataset> dev = new LinkedHashMap<>();
            for (Evaluation evaluation : evaluations(task, plan)) {
                Examples examples = task.read(evaluation.split(), folder);
                Dataset data = examples.encode(wordPiece, plan.maxLength());
                dev.put(evaluation.name(), data);
                if (plan.evaluate().report()) {
                    Optional<Scores> majority = train.flatMap(known -> MajorityBaseline.scores(known, data));
                    reported.add(new Reported(task, evaluation, data, majority));
                }
            }
            if (plan.steps() > 0) {
                training.add(trainingTask(task, train.orElseThrow(), dev, plan, wordPiece, random));
            }
        }
        List<PredictedSplit> unlabelled =
                predictTest ? PredictedSplit.test(trial.tasks(), folder, messages) : List.of();
        unlabelled.forEach(PredictedSplit::check);
        return new TrialData(training, reported, unlabelled);
    }

    /** The training examples; of a model that is only evaluated they are the baseline's, and need not be there. */
    private static Optional<Examples> train(Task task, Path folder, Training plan) {
        boolean needed = plan.steps() > 0;
        Path file = task.files(folder).get(Split.TRAIN);
        return needed || (file != null && Files.isRegularFile(file))
                ? Optional.of(task.read(Split.TRAIN, folder))
                : Optional.empty();
    }

    /** What is reported or selected on. */
    private static List<Evaluation> evaluations(Task task, Training plan) {
        boolean looked = plan.evaluate().report() || plan.evaluate().selectOn() instanceof Selection.Dev;
        return looked ? task.evaluations() : List.of();
    }

    private static TrainingTask trainingTask(
            Task task,
            Examples train,
            Map<String, Dataset> dev,
            Training plan,
            WordPiece wordPiece,
            RandomStreams random) {
        Examples kept = train;
        Map<String, Dataset> selection = dev;
        if (plan.evaluate().selectOn() instanceof Selection.Holdout share) {
            Holdout holdout = Holdout.of(train, share.fraction(), random, task.name());
            kept = holdout.training();
            selection = Map.of(task.name(), holdout.selection().encode(wordPiece, plan.maxLength()));
        } else if (plan.evaluate().selectOn() instanceof Selection.Nothing) {
            selection = Map.of();
        }
        Dataset data = kept.encodeToTrain(wordPiece, plan.maxLength());
        TrainingOrder order = new TrainingOrder(data, plan.microBatchSize(), random, task.name());
        return new TrainingTask(task, order, kept.size(), selection);
    }
}
