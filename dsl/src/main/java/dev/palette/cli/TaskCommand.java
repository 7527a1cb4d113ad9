package dev.palette.cli;

import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.ReleasedEncoders;
import dev.palette.remote.DownloadProgress;
import dev.palette.session.ExitCode;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import dev.palette.spec.Word;
import dev.palette.task.Task;
import dev.palette.task.card.DataCard;
import dev.palette.text.Features;
import dev.palette.text.Tokenizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette task}: what a task's files hold. */
@Command(
        name = "task",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints a task's data card: of each split the number of examples, how often each label occurs, lengths in word pieces,",
            "the share that is longer than the longest sequence, what the commonest label scores, and what stands in two places."
        },
        footer = {
            "",
            "Examples:",
            "  palette task glue.cola --data data",
            "  palette task intents --script experiments/own.groovy",
            "  palette task superglue.rte --data data --max-length 256 --json"
        })
final class TaskCommand implements Callable<Integer> {
    private static final int MAX_LENGTH = 128;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(
            paramLabel = "NAME",
            description = "a word, such as glue.cola, or the name of one of the script's tasks")
    private String name;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "whose task it is; its encoder, longest sequence and data directory are taken")
    private @Nullable Path script;

    @Option(
            names = "--encoder",
            paramLabel = "ENCODER",
            description =
                    "whose word pieces are counted: a folder, a name, or hub:MODEL@REVISION; default: the script's, or bertBase.uncased")
    private @Nullable String encoder;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "the longest sequence in word pieces; default: the script's, or " + MAX_LENGTH)
    private @Nullable Integer maxLength;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--json", description = "everything, as JSON")
    private boolean json;

    /** What is looked at, and how. */
    private record Looked(Task task, EncoderSource encoder, int maxLength, Settings settings) {}

    @Override
    public Integer call() {
        Looked looked = script == null ? ofWord() : ofScript(script);
        int longest = maxLength == null ? looked.maxLength() : maxLength;
        Range.atLeast("--max-length", longest, Features.SHORTEST);
        Path folder = looked.settings()
                .dataDirectory()
                .orElseThrow(() -> new PaletteException(
                        "no data directory is set, in which task '%s' would lie; give --data <folder>"
                                .formatted(name)));
        EncoderFiles files = new EncoderStore(looked.settings().cacheDirectory(), DownloadProgress.SILENT)
                .resolve(encoder == null ? looked.encoder() : EncoderSource.of(encoder));
        try (Tokenizer tokenizer = Tokenizer.of(files.vocabulary(), files.lowerCase())) {
            DataCard card = DataCard.of(looked.task().readFrom(folder), folder, tokenizer, longest);
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? DataCardText.json(card).toPrettyString() : DataCardText.text(card));
            out.flush();
        }
        return ExitCode.FINISHED;
    }

    private Looked ofWord() {
        Map<String, Word<Task>> words = Vocabulary.installed().tasks();
        Word<Task> word = words.get(name);
        if (word == null) {
            throw NearestWord.unknown("task", name, words.keySet());
        }
        Task task = word.newBlock().get().build();
        EncoderSource usual = new EncoderSource.Released(ReleasedEncoders.BERT_BASE_UNCASED.name());
        return new Looked(task, usual, MAX_LENGTH, data.settings());
    }

    private Looked ofScript(Path file) {
        ExperimentScript loaded = ExperimentScript.load(file, Vocabulary.installed(), data.settings(file));
        List<Task> tasks = loaded.experiment().tasks();
        Task task = tasks.stream()
                .filter(each -> each.name().equals(name) || each.word().equals(name))
                .findFirst()
                .orElseThrow(() -> NearestWord.unknown(
                        "task",
                        name,
                        tasks.stream().flatMap(each -> Stream.of(each.name())).toList()));
        return new Looked(
                task,
                loaded.experiment().encoder(),
                loaded.experiment().training().maxLength(),
                loaded.settings());
    }
}
