package dev.palette.original;

import dev.palette.adapter.Architecture;
import dev.palette.experiment.Settings;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderSource;
import dev.palette.spec.PaletteException;
import dev.palette.train.Compatibility;
import dev.palette.train.Optimizer;
import dev.palette.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The flags that the original's training commands share, with the original's names and defaults (README of "BERT and PALs"; Hugging
 * Face's run_classifier.py and run_squad.py of 2018), and below them ours.
 */
final class TrainingFlags {
    private static final int NOT_DISTRIBUTED = -1;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(
            names = "--bert_config_file",
            required = true,
            description =
                    "the encoder's sizes and its adapters, as JSON: a bert_config.json or one of experiments/configs")
    private Path configFile;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--vocab_file", required = true, description = "the encoder's vocab.txt")
    private Path vocabularyFile;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(
            names = "--output_dir",
            required = true,
            description = "where everything lands: a new or empty folder, or that of the same command stopped")
    private Path outputDirectory;

    @Option(
            names = "--init_checkpoint",
            description = "starting weights, an encoder's or a whole saved model's; default: random ones")
    private @Nullable Path initCheckpoint;

    @Option(names = "--do_lower_case", description = "the vocabulary is of lower-cased text (uncased models)")
    private boolean lowerCase;

    @Option(
            names = "--max_seq_length",
            description = "longest sequence in word pieces; default: 128, for run_squad 384")
    private @Nullable Integer maxLength;

    @Option(names = "--do_train", description = "train")
    private boolean train;

    @Option(
            names = "--train_batch_size",
            defaultValue = "32",
            description = "examples a step; default: ${DEFAULT-VALUE}")
    private int batchSize;

    @Option(
            names = "--learning_rate",
            defaultValue = "5e-5",
            description = "at the top of the schedule; default: ${DEFAULT-VALUE}")
    private double learningRate;

    @Option(names = "--num_train_epochs", defaultValue = "3.0", description = "default: ${DEFAULT-VALUE}")
    private double epochs;

    @Option(
            names = "--warmup_proportion",
            defaultValue = "0.1",
            description = "share of the steps over which the rate climbs; default: ${DEFAULT-VALUE}")
    private double warmup;

    @Option(
            names = "--save_checkpoints_steps",
            description = "taken and not used, as in the original: a checkpoint is written every few minutes")
    void saveCheckpointsSteps(int ignored) {
        // a script of the original's may have it
    }

    @Option(names = "--no_cuda", description = "compute on the CPU, which this version does anyway")
    void noCuda(boolean ignored) {
        // a script of the original's may have it
    }

    @Option(
            names = "--local_rank",
            defaultValue = "" + NOT_DISTRIBUTED,
            description = "-1 alone is accepted: several processes are started by palette launch")
    private int localRank;

    @Option(names = "--seed", defaultValue = "42", description = "of every random stream; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--gradient_accumulation_steps",
            defaultValue = "1",
            description = "parts into which a step's batch is divided; default: ${DEFAULT-VALUE}")
    private int accumulation;

    @Option(
            names = "--compatibility",
            paramLabel = "SWITCHES",
            description =
                    "behaviours of the original code to reproduce: 'original' for all, or single ones, with commas;"
                            + " default: none")
    private @Nullable String compatibility;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting, over the flags, e.g. train.precision=bf16; may be repeated")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--stacktrace", description = "with an error, show where in the program it arose")
    private boolean stackTrace;

    Path configFile() {
        return configFile;
    }

    Path outputDirectory() {
        return outputDirectory;
    }

    @Nullable
    Path initCheckpoint() {
        return initCheckpoint;
    }

    boolean train() {
        return train;
    }

    double epochs() {
        return epochs;
    }

    long seed() {
        return seed;
    }

    boolean stackTrace() {
        return stackTrace;
    }

    /** Examples a step, in equal parts: what the division leaves over is left out, as by the original. */
    int batchSize() {
        return batchSize / accumulation * accumulation;
    }

    int accumulation() {
        return accumulation;
    }

    /** Longest sequence, where the flag doesn't say another. */
    int maxLength(int standard) {
        return maxLength == null ? standard : maxLength;
    }

    /** BERT's Adam, as the flags have it. */
    Optimizer.BertAdamOptions optimizer() {
        return new Optimizer.BertAdamOptions().learningRate(learningRate).warmupFraction(warmup);
    }

    /** The encoder that the flags name. */
    EncoderSource encoder() {
        return new EncoderSource.Parts(
                absolute(configFile),
                absolute(vocabularyFile),
                initCheckpoint == null ? null : absolute(initCheckpoint),
                lowerCase);
    }

    /** What the configuration file describes, with adapters of another size where one is given. */
    Architecture architecture(OptionalInt adapterSize) {
        return Architecture.read(configFile, adapterSize);
    }

    /** The encoder's sizes. */
    BertConfig encoderSizes() {
        return architecture(OptionalInt.empty()).encoder();
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /** The settings of this process with {@code --set} on top. */
    Settings settings() {
        return Settings.load(Settings.Sources.ofProcess(null, assignments));
    }

    /**
     * The original's behaviours that are asked for.
     *
     * @throws PaletteException when there is no such behaviour; names the nearest
     */
    Set<Compatibility> compatibility() {
        return compatibility(compatibility == null ? "" : compatibility);
    }

    /** The behaviours that a flag's text names. */
    static Set<Compatibility> compatibility(String text) {
        Settings named = Settings.load(Settings.Sources.ofProcess(null, List.of("train.compatibility=" + text)));
        return named.aboveScript(new Training.Options(), "train").build().compatibility();
    }

    /**
     * Checks what concerns these flags alone.
     *
     * @param standardLength longest sequence where no flag says another
     * @param looks the flag that asks for evaluation
     * @throws PaletteException names the flag
     */
    void check(int standardLength, String looks) {
        if (accumulation < 1) {
            throw new PaletteException(
                    "--gradient_accumulation_steps is %d, expected at least 1".formatted(accumulation));
        }
        int positions = encoderSizes().positions();
        if (batchSize < accumulation) {
            throw new PaletteException("--train_batch_size is %d, expected at least --gradient_accumulation_steps, %d"
                    .formatted(batchSize, accumulation));
        }
        if (maxLength(standardLength) > positions) {
            throw new PaletteException(
                    "--max_seq_length is %d, but the encoder of %s has positions for sequences of up to %d; use a shorter length"
                            .formatted(maxLength(standardLength), configFile, positions));
        }
        if (localRank != NOT_DISTRIBUTED) {
            throw new PaletteException(
                    "--local_rank is %d, but processes find out by themselves which they are; leave the flag out, and start them with: palette launch --nproc_per_node N"
                            .formatted(localRank));
        }
        if (!train && initCheckpoint == null) {
            throw new PaletteException(
                    "%s without --do_train needs --init_checkpoint, the checkpoint of a whole trained model"
                            .formatted(looks));
        }
        if (train && !(epochs > 0)) {
            throw new PaletteException("--num_train_epochs is %s, expected more than 0".formatted(epochs));
        }
    }
}
