package dev.palette.cli;

import dev.palette.download.Catalogue;
import dev.palette.download.DataDownload;
import dev.palette.download.DataSet;
import dev.palette.report.Console;
import dev.palette.report.DownloadBars;
import dev.palette.session.ExitCode;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette download}: fetches published data sets and lays them out as the tasks read them. */
@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Fetches GLUE or SQuAD v1.1 from where they are published and lays them out as the tasks read them.",
            "What is there is not fetched again; what was interrupted goes on; every file's checksum is verified."
        },
        footer = {
            "",
            "Examples:",
            "  palette download glue --to glue_data",
            "  palette download glue --to glue_data --tasks cola,mrpc",
            "  palette download squad --to data"
        })
final class DownloadCommand implements Callable<Integer> {
    /** What can be fetched, named as it is typed. */
    enum Collection {
        glue(Catalogue::glue),
        squad(Catalogue::squad);

        private final Supplier<List<DataSet>> dataSets;

        Collection(Supplier<List<DataSet>> dataSets) {
            this.dataSets = dataSets;
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private Collection what;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "the data directory, which gets a folder for each data set")
    private Path to;

    @Option(
            names = "--tasks",
            paramLabel = "TASKS",
            split = ",",
            description = "some of GLUE's tasks, with commas: cola,mrpc; default: all")
    private List<String> tasks = new ArrayList<>();

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "fetch from here instead: takes the place of scheme and host in the published addresses")
    private @Nullable URI mirror;

    @Override
    public Integer call() {
        List<DataSet> wanted = wanted();
        PrintWriter out = spec.commandLine().getOut();
        try (DownloadBars bars = new DownloadBars(Console.ofProcess())) {
            new DataDownload(to, bars, line -> {
                        out.println(line);
                        out.flush();
                    })
                    .fetch(wanted);
        }
        return ExitCode.FINISHED;
    }

    private List<DataSet> wanted() {
        List<DataSet> all = what.dataSets.get();
        List<DataSet> chosen = tasks.isEmpty()
                ? all
                : tasks.stream().map(task -> named(task, all)).toList();
        if (mirror == null) {
            return chosen;
        }
        URI base = mirror;
        if (base.getHost() == null || !List.of("http", "https").contains(String.valueOf(base.getScheme()))) {
            throw new PaletteException(
                    "--mirror is %s, expected an address such as https://mirror.example/copies".formatted(base));
        }
        return chosen.stream().map(data -> data.from(base)).toList();
    }

    private static DataSet named(String task, List<DataSet> all) {
        List<String> names = all.stream().map(DataSet::task).toList();
        return all.stream()
                .filter(data -> data.task().equals(task.strip()))
                .findFirst()
                .orElseThrow(() -> new PaletteException("--tasks: there is no task '%s'%s There are: %s"
                        .formatted(
                                task,
                                NearestWord.to(task, names)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse("."),
                                String.join(", ", names))));
    }
}
