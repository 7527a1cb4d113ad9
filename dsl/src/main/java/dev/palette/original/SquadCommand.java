package dev.palette.original;

import dev.palette.adapter.Shared;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Trial;
import dev.palette.model.OriginalNames;
import dev.palette.result.PredictionFile;
import dev.palette.result.RunDirectory;
import dev.palette.sampler.Proportional;
import dev.palette.session.Backend;
import dev.palette.session.Session;
import dev.palette.session.Traceable;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.task.Split;
import dev.palette.task.squad.Squad;
import dev.palette.train.Compatibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Hugging Face's {@code run_squad.py} of 2018: questions whose answer is a run of a passage's words (SQuAD v1.1). */
@Command(
        name = SquadCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Fine-tunes an encoder on SQuAD v1.1, as the original's run_squad.py.",
        footer = {
            "",
            "Example:",
            "  palette run_squad --do_train --train_file squad/train-v1.1.json --do_predict --predict_file squad/dev-v1.1.json \\",
            "    --do_lower_case --vocab_file bert/vocab.txt --bert_config_file bert/bert_config.json \\",
            "    --init_checkpoint bert/pytorch_model.bin --learning_rate 3e-5 --num_train_epochs 2 --output_dir saved/squad"
        })
public final class SquadCommand implements Callable<Integer>, Traceable {
    static final String NAME = "run_squad";
    private static final int MAX_LENGTH = 384;

    private final Backend backend;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final TrainingFlags flags = new TrainingFlags();

    @Option(names = "--train_file", description = "questions to learn, with answers: train-v1.1.json")
    private @Nullable Path trainFile;

    @Option(names = "--predict_file", description = "questions to answer: dev-v1.1.json")
    private @Nullable Path predictFile;

    @Option(names = "--do_predict", description = "answer the questions of --predict_file with the last weights")
    private boolean predict;

    @Option(
            names = "--train_questions",
            defaultValue = "0",
            description = "learn the first N questions alone; default: all")
    private int trainQuestions;

    @Option(
            names = "--predict_questions",
            defaultValue = "0",
            description = "answer the first N questions alone; default: all")
    private int predictQuestions;

    @Option(
            names = "--doc_stride",
            defaultValue = "128",
            description = "word pieces from one window on a passage to the next; default: ${DEFAULT-VALUE}")
    private int docStride;

    @Option(
            names = "--max_query_length",
            defaultValue = "64",
            description = "longest question in word pieces; default: ${DEFAULT-VALUE}")
    private int maxQueryLength;

    @Option(
            names = "--n_best_size",
            defaultValue = "20",
            description = "answers a question that are kept; default: ${DEFAULT-VALUE}")
    private int nBest;

    @Option(
            names = "--max_answer_length",
            defaultValue = "30",
            description = "longest answer in word pieces; default: ${DEFAULT-VALUE}")
    private int maxAnswerLength;

    @Option(
            names = {"--predict_batch_size", "--iterations_per_loop"},
            description = "taken and not used: it changes no number")
    void unused(int ignored) {
        // a script of the original's may have it
    }

    @Option(names = "--verbose_logging", description = "taken and not used: run.log has what there is to say")
    void verbose(boolean ignored) {
        // a script of the original's may have it
    }

    /** The command over what it is to be run with. */
    public SquadCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public boolean stackTrace() {
        return flags.stackTrace();
    }

    @Override
    public Integer call() {
        if (!flags.train() && !predict) {
            throw new PaletteException("At least one of --do_train or --do_predict must be given.");
        }
        if (flags.train() && trainFile == null) {
            throw new PaletteException("--do_train needs --train_file, the questions to learn");
        }
        if (predict && predictFile == null) {
            throw new PaletteException("--do_predict needs --predict_file, the questions to answer");
        }
        flags.check(MAX_LENGTH, "--do_predict");
        if (flags.maxLength(MAX_LENGTH) <= maxQueryLength + 3) {
            throw new PaletteException(
                    "--max_seq_length (%d) must be greater than --max_query_length (%d) + 3, or no passage fits beside a question"
                            .formatted(flags.maxLength(MAX_LENGTH), maxQueryLength));
        }
        Settings settings = flags.settings();
        Session session = new Session(
                backend, spec.commandLine().getOut(), spec.commandLine().getErr());
        OutputDirectory output = new OutputDirectory(flags.outputDirectory(), NAME);
        return new OriginalRun(experiment(settings), output, dataDirectory(), settings)
                .execute(session, trial -> write(trial, output));
    }

    /** The experiment that a script would describe. */
    Experiment experiment(Settings settings) {
        Squad squad = squad(flags.compatibility().contains(Compatibility.WINDOWS_BY_WORDS));
        Epochs epochs = flags.train()
                ? Epochs.over(squad.read(Split.TRAIN, dataDirectory()).size(), flags.batchSize(), flags.epochs())
                : new Epochs(1, 1);
        return Experiment.of(
                NAME,
                settings,
                e -> e.encoder(flags.encoder())
                        .tasks(squad)
                        .adapters(new Shared())
                        .samplings(new Proportional())
                        .seeds(flags.seed())
                        .training(t -> t.steps(flags.train() ? epochs.steps() : 0)
                                .batchSize(flags.batchSize())
                                .accumulate(flags.accumulation())
                                .maxLength(flags.maxLength(MAX_LENGTH))
                                .optimizer(flags.optimizer().build())
                                .compatibility(flags.compatibility())
                                .evaluate(GlueRun.lastWeights()
                                        .toBlock()
                                        .report(predict)
                                        .build())));
    }

    private Squad squad(boolean windowsByWords) {
        return Squad.of(options -> {
            options.trainQuestions(trainQuestions)
                    .devQuestions(predictQuestions)
                    .docStride(docStride)
                    .maxQueryLength(maxQueryLength)
                    .nBest(nBest)
                    .maxAnswerLength(maxAnswerLength)
                    .windowsByWords(windowsByWords);
            if (trainFile != null) {
                options.trainFile(absolute(trainFile).toString());
            }
            if (predictFile != null) {
                options.devFile(absolute(predictFile).toString());
            }
        });
    }

    /** Where the one file is, and with it the task's folder; both files are named whole. */
    private Path dataDirectory() {
        Path file = trainFile != null ? trainFile : predictFile;
        return absolute(file == null ? Path.of("") : file).resolveSibling("");
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private void write(Trial trial, OutputDirectory output) {
        RunDirectory run = output.run(trial);
        if (predict) {
            copy(run, ".json", output.file("predictions.json"));
            copy(run, "-nbest.json", output.file("nbest_predictions.json"));
            EvalResults results = new EvalResults();
            run.result().scores().forEach(score -> results.add(score.metric(), score.value()));
            results.write(output.file("eval_results.txt"));
        }
        if (flags.train()) {
            new SavedModel(trial, run, flags.encoderSizes(), OriginalNames.Model.QUESTION_ANSWERING)
                    .write(output.file("pytorch_model.bin"));
        }
    }

    private static void copy(RunDirectory run, String ending, Path target) {
        Path file = new PredictionFile("squad", Split.DEV).in(run.predictions(), ending);
        try {
            AtomicFile.writeText(target, Files.readString(file));
        } catch (IOException e) {
            throw new PaletteException("cannot copy %s to %s: %s".formatted(file, target, e), e);
        }
    }
}
