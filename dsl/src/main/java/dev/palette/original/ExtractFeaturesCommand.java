package dev.palette.original;

import dev.palette.adapter.Architecture;
import dev.palette.execution.FeatureExtraction;
import dev.palette.execution.KernelMemory;
import dev.palette.experiment.Settings;
import dev.palette.kernel.Device;
import dev.palette.kernel.Kernel;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.remote.DownloadProgress;
import dev.palette.session.ExitCode;
import dev.palette.session.Traceable;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.task.Sequences;
import dev.palette.text.Features;
import dev.palette.text.WordPiece;
import dev.palette.train.Compatibility;
import dev.palette.train.Precision;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The original's {@code extract_features.py}: an encoder's vectors for each word piece of a text, as JSON lines. */
@Command(
        name = "extract_features",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an encoder's vectors for every word piece of every line of a text, as the original's extract_features.py.",
            "A line is a text, or a pair with ' ||| ' between its texts; the original lost which of the two a word is in,",
            "unless --compatibility asks for that."
        },
        footer = {
            "",
            "Example:",
            "  palette extract_features --input_file input.txt --output_file output.jsonl --layers -1,-2 \\",
            "    --vocab_file bert/vocab.txt --bert_config_file bert/bert_config.json --init_checkpoint bert/pytorch_model.bin"
        })
public final class ExtractFeaturesCommand implements Callable<Integer>, Traceable {
    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--input_file", required = true, description = "UTF-8, a text or a pair a line")
    private Path inputFile;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--output_file", required = true, description = "JSON lines")
    private Path outputFile;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--vocab_file", required = true, description = "the encoder's vocab.txt")
    private Path vocabularyFile;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--bert_config_file", required = true, description = "the encoder's sizes, as JSON")
    private Path configFile;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--init_checkpoint", required = true, description = "the encoder's weights")
    private Path initCheckpoint;

    @Option(
            names = "--layers",
            defaultValue = "-1,-2,-3,-4",
            description = "layers by number, -1 the last; default: ${DEFAULT-VALUE}")
    private String layers = "";

    @Option(
            names = "--max_seq_length",
            defaultValue = "128",
            description = "longest sequence in word pieces; default: ${DEFAULT-VALUE}")
    private int maxLength;

    @Option(
            names = "--do_lower_case",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "the vocabulary is of lower-cased text; default: ${DEFAULT-VALUE}, as in the original, which has no way"
                            + " to say no")
    private boolean lowerCase;

    @Option(names = "--batch_size", defaultValue = "32", description = "texts at a time; default: ${DEFAULT-VALUE}")
    private int batchSize;

    @Option(
            names = "--local_rank",
            defaultValue = "-1",
            description = "distributed extraction, which this version does not have: -1 alone is accepted")
    private int localRank;

    @Option(names = "--no_cuda", description = "compute on the CPU, which this version does anyway")
    void noCuda(boolean ignored) {
        // a script of the original's may have it
    }

    @Option(names = "--compatibility", description = "'original', or 'pairsWithoutSegments': pairs lose their segments")
    private String compatibility = "";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting, e.g. threads=4; may be repeated")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--stacktrace", description = "with an error, show where in the program it arose")
    private boolean stackTrace;

    @Override
    public boolean stackTrace() {
        return stackTrace;
    }

    @Override
    public Integer call() {
        check();
        Settings settings = settings();
        EncoderFiles encoder = new EncoderStore(settings.cacheDirectory(), DownloadProgress.SILENT)
                .resolve(new EncoderSource.Parts(
                        configFile.toString(), vocabularyFile.toString(), initCheckpoint.toString(), lowerCase));
        List<FeatureInput> inputs = FeatureInput.read(inputFile);
        try (WordPiece wordPiece = WordPiece.of(encoder.vocabulary(), encoder.lowerCase())) {
            boolean segments =
                    !TrainingFlags.compatibility(compatibility).contains(Compatibility.PAIRS_WITHOUT_SEGMENTS);
            List<Features> features = inputs.stream()
                    .map(input -> Features.of(wordPiece, input.textA(), input.textB(), maxLength))
                    .map(sequence -> segments ? sequence : sequence.withoutSegments())
                    .toList();
            FeatureExtraction extraction = new FeatureExtraction(
                    encoder,
                    new KernelMemory(settings.cacheDirectory(), Kernel::measure)
                            .fastest(Precision.FP32.products(Device.CPU), settings.threads(), Device.CPU));
            write(extraction, new Sequences(features, wordPiece), encoder.vocabulary());
        }
        return ExitCode.FINISHED;
    }

    private void check() {
        int positions = Architecture.read(configFile).encoder().positions();
        if (maxLength < Features.SHORTEST || maxLength > positions) {
            throw new PaletteException("--max_seq_length is %d, expected %d to %d, the positions of the encoder of %s"
                    .formatted(maxLength, Features.SHORTEST, positions, configFile));
        }
        if (batchSize < 1) {
            throw new PaletteException("--batch_size is %d, expected at least 1".formatted(batchSize));
        }
        if (localRank != -1) {
            throw new PaletteException("--local_rank is %d, but this version works in one process; leave the flag out"
                    .formatted(localRank));
        }
    }

    private Settings settings() {
        return Settings.load(Settings.Sources.ofProcess(null, assignments));
    }

    private List<Integer> wanted() {
        try {
            return Arrays.stream(layers.split(",", -1))
                    .map(text -> Integer.valueOf(text.strip()))
                    .toList();
        } catch (NumberFormatException e) {
            throw new PaletteException(
                    "--layers is '%s', expected whole numbers with commas between, e.g. -1,-2".formatted(layers), e);
        }
    }

    private void write(FeatureExtraction extraction, Sequences texts, Path vocabulary) {
        List<Integer> wanted = wanted();
        List<String> pieces = pieces(vocabulary);
        AtomicFile.write(outputFile, channel -> {
            Writer out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
            FeatureWriter writer = new FeatureWriter(out, wanted);
            extraction.extract(texts, wanted, batchSize, text -> {
                List<String> tokens =
                        Arrays.stream(text.ids()).mapToObj(pieces::get).toList();
                try {
                    writer.write(text.index(), tokens, text.layers());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            out.flush();
        });
    }

    private static List<String> pieces(Path vocabulary) {
        try {
            return Files.readAllLines(vocabulary);
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(vocabulary, e), e);
        }
    }
}
