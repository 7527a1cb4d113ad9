package dev.palette.original;

import dev.palette.adapter.Adapter;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Trial;
import dev.palette.model.OriginalNames;
import dev.palette.result.RunDirectory;
import dev.palette.sampler.TaskSampling;
import dev.palette.session.Session;
import dev.palette.task.Split;
import dev.palette.task.Task;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Selection;
import dev.palette.train.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Training and evaluation on GLUE as {@code run_multi_task} and {@code run_classifier} have in common.
 *
 * @param command the command's name
 * @param flags the flags that both have
 * @param model whose names the heads of the saved model have
 * @param savedModel file name of the saved model
 */
record GlueRun(String command, GlueFlags flags, OriginalNames.Model model, String savedModel) {

    /** Longest sequence where no flag says another. */
    static final int MAX_LENGTH = 128;

    /**
     * What is particular to one command.
     *
     * @param tasks what is learnt together, in the original's order
     * @param dataDirectory the folder that holds the tasks' folders
     * @param adapter what is added to the encoder
     * @param sampling which task the next batch comes from
     * @param epochs how long
     * @param selection which weights are kept, when the dev sets are looked at
     * @param training more options of the training
     */
    record Plan(
            List<Task> tasks,
            Path dataDirectory,
            Adapter adapter,
            TaskSampling sampling,
            Epochs epochs,
            EvaluationPlan selection,
            Consumer<Training.Options> training) {}

    /** The weights after the last step, unlooked at. */
    static EvaluationPlan lastWeights() {
        return new EvaluationPlan.Options().selectOn(new Selection.Nothing()).build();
    }

    /** Training examples of a task. */
    static long examples(Task task, Path dataDirectory) {
        return task.read(Split.TRAIN, dataDirectory).size();
    }

    /** Runs it and gives the exit code. */
    int execute(Session session, Plan plan) {
        Settings settings = flags.training().settings();
        Experiment experiment = experiment(plan, settings);
        OutputDirectory output = new OutputDirectory(flags.training().outputDirectory(), command);
        return new OriginalRun(experiment, output, plan.dataDirectory(), settings)
                .execute(session, trial -> write(trial, output, plan));
    }

    /** The experiment that a script would describe. */
    Experiment experiment(Plan plan, Settings settings) {
        return Experiment.of(
                command,
                settings,
                e -> e.encoder(flags.training().encoder())
                        .tasks(plan.tasks())
                        .adapters(plan.adapter())
                        .samplings(plan.sampling())
                        .seeds(flags.training().seed())
                        .training(t -> {
                            t.steps(flags.training().train() ? plan.epochs().steps() : 0)
                                    .batchSize(flags.training().batchSize())
                                    .maxLength(flags.training().maxLength(MAX_LENGTH))
                                    .accumulate(flags.training().accumulation())
                                    .optimizer(flags.training().optimizer().build())
                                    .evaluate(evaluation(plan))
                                    .compatibility(flags.training().compatibility());
                            plan.training().accept(t);
                        }));
    }

    private EvaluationPlan evaluation(Plan plan) {
        EvaluationPlan looking = flags.training().train() && flags.evaluates() ? plan.selection() : lastWeights();
        return looking.toBlock().report(flags.evaluates()).build();
    }

    private void write(Trial trial, OutputDirectory output, Plan plan) {
        RunDirectory run = output.run(trial);
        if (flags.evaluates()) {
            new GlueReport(trial, run, plan.dataDirectory(), flags.evaluationBatch())
                    .write(output.file("eval_results.txt"));
        }
        if (flags.training().train()) {
            new SavedModel(trial, run, flags.training().encoderSizes(), model).write(output.file(savedModel));
        }
    }
}
