package dev.palette.cli;

import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.AdapterManifest;
import dev.palette.exchange.TaskArithmetic;
import dev.palette.exchange.TaskVector;
import dev.palette.experiment.Vocabulary;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code palette adapters add}, {@code average} and {@code negate} have in common: terms, and where their sum goes. */
abstract class SumOfAdapters implements Callable<Integer> {
    private static final Pattern TERM = Pattern.compile("(.+?)(?:@([^@=/]+))?(?:=([-+]?[0-9.]+(?:[eE][-+]?\\d+)?))?");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE[@TASK][=WEIGHT]",
            description = "a file of adapters; whose of several tasks; times what, by default 1")
    private List<String> terms = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--to", required = true, paramLabel = "FILE", description = "what to write, FILE.safetensors")
    private Path file;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "the task that has the sum, and its head if one of the files has it; default: the first one's")
    private @Nullable String task;

    /** The terms with the weights that the sum has them with. */
    abstract List<TaskVector> weighted(List<TaskVector> given);

    @Override
    public Integer call() {
        List<AdapterFile> open = new ArrayList<>();
        try {
            List<TaskVector> given =
                    terms.stream().map(term -> term(term, open)).toList();
            String chosen = task == null ? given.get(0).task() : task;
            AdapterManifest sum = TaskArithmetic.sum(weighted(given), chosen, file, Vocabulary.installed());
            PrintWriter out = spec.commandLine().getOut();
            out.println("%s: %s for %s, %s".formatted(file, sum.label(), chosen, AdaptersShow.size(file)));
            out.flush();
            return ExitCode.FINISHED;
        } finally {
            open.forEach(AdapterFile::close);
        }
    }

    private static TaskVector term(String text, List<AdapterFile> open) {
        Matcher parts = TERM.matcher(text);
        if (!parts.matches()) {
            throw new PaletteException(
                    "found '%s', expected a file of adapters, e.g. mnli.safetensors, mnli.safetensors=0.5 or glue.safetensors@mnli=-1"
                            .formatted(text));
        }
        AdapterFile adapters = AdapterFile.open(Path.of(parts.group(1)));
        open.add(adapters);
        double weight = parts.group(3) == null ? 1 : Double.parseDouble(parts.group(3));
        return new TaskVector(adapters, TaskOfFile.chosen(adapters, parts.group(2)), weight);
    }
}
