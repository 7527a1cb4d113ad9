package dev.palette.execution;

import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.result.PredictionFile;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Dataset;
import dev.palette.task.DatasetStore;
import dev.palette.task.DevExamples;
import dev.palette.task.Evaluation;
import dev.palette.task.Holdout;
import dev.palette.task.MajorityBaseline;
import dev.palette.task.Scores;
import dev.palette.task.Split;
import dev.palette.task.Task;
import dev.palette.task.TrainExamples;
import dev.palette.task.TrainingOrder;
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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
     * Reads everything the trial needs, and tokenises what is not kept from an earlier time.
     *
     * @param predictTest whether the test sets that are there are to be predicted
     * @param messages hears of rows and files that are left out
     */
    static TrialData load(
            TrialOrder order, Trial trial, boolean predictTest, EncoderFiles encoder, Consumer<String> messages) {
        try (DatasetStore datasets = Predictor.datasets(trial, encoder, order.cache(), messages)) {
            RandomStreams random = new RandomStreams(trial.seed());
            return load(trial, order.data(), predictTest, datasets, random, messages);
        }
    }

    /**
     * Reads everything the trial needs.
     *
     * @param folder holds the tasks' folders
     * @param predictTest whether the test sets that are there are to be predicted
     * @param datasets tokenises what it does not have
     * @param messages hears of rows and files that are left out
     */
    static TrialData load(
            Trial trial,
            Path folder,
            boolean predictTest,
            DatasetStore datasets,
            RandomStreams random,
            Consumer<String> messages) {
        List<TrainingTask> training = new ArrayList<>();
        List<Reported> reported = new ArrayList<>();
        Training plan = trial.training();
        for (Task task : trial.tasks()) {
            Optional<Dataset> all = plan.steps() > 0 ? Optional.of(datasets.toTrain(task, folder)) : Optional.empty();
            all.ifPresent(known -> known.remarks().forEach(remark -> messages.accept(task.name() + ": " + remark)));
            Optional<int[]> few = all.flatMap(known -> TrainExamples.of(task, known, random));
            UnaryOperator<Dataset> trained = known -> few.map(known::select).orElse(known);
            Optional<Dataset> train = all.map(trained);
            Optional<float[]> commonest = train.isPresent() ? train.get().commonest() : commonest(task, folder);
            Map<String, Dataset> dev = new LinkedHashMap<>();
            for (Evaluation evaluation : evaluations(task, plan)) {
                Dataset data = looked(datasets.toPredict(task, evaluation.split(), folder), evaluation, plan);
                dev.put(evaluation.name(), data);
                if (plan.evaluate().report()) {
                    Optional<Scores> majority = commonest.map(row -> MajorityBaseline.scores(row, data));
                    reported.add(new Reported(task, evaluation, data, majority));
                }
            }
            if (train.isPresent()) {
                Supplier<Dataset> toPredict = () -> trained.apply(datasets.toPredict(task, Split.TRAIN, folder));
                training.add(trainingTask(task, train.get(), toPredict, dev, plan, random));
            }
        }
        List<PredictedSplit> unlabelled =
                predictTest ? PredictedSplit.test(trial.tasks(), folder, messages) : List.of();
        unlabelled.forEach(
                split -> split.dataset(datasets)); // malformed files are better known now than after training
        return new TrialData(training, reported, unlabelled);
    }

    /** What is looked at of a dev set. */
    private static Dataset looked(Dataset dev, Evaluation evaluation, Training plan) {
        Integer most = plan.evaluate().devExamples();
        return most == null ? dev : DevExamples.of(evaluation, dev, most);
    }

    /** The baseline of a model that is only evaluated: the training examples need not be there, nor be tokenised. */
    private static Optional<float[]> commonest(Task task, Path folder) {
        Path file = task.files(folder).get(Split.TRAIN);
        return file != null && Files.isRegularFile(file)
                ? task.read(Split.TRAIN, folder).commonest()
                : Optional.empty();
    }

    /** What is reported or selected on. */
    private static List<Evaluation> evaluations(Task task, Training plan) {
        boolean looked = plan.evaluate().report() || plan.evaluate().selectOn() instanceof Selection.Dev;
        return looked ? task.evaluations() : List.of();
    }

    private static TrainingTask trainingTask(
            Task task,
            Dataset train,
            Supplier<Dataset> toPredict,
            Map<String, Dataset> dev,
            Training plan,
            RandomStreams random) {
        Dataset kept = train;
        Map<String, Dataset> selection = dev;
        if (plan.evaluate().selectOn() instanceof Selection.Holdout share) {
            Holdout holdout = Holdout.of(train, toPredict.get(), share.fraction(), random, task.name());
            kept = holdout.training();
            selection = Map.of(task.name(), holdout.selection());
        } else if (plan.evaluate().selectOn() instanceof Selection.Nothing) {
            selection = Map.of();
        }
        TrainingOrder order = new TrainingOrder(kept, plan.padding().order(), plan.batchSize(), random, task.name());
        return new TrainingTask(task, order, kept.items(), selection);
    }
}
