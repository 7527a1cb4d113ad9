package dev.palette.cli;

import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette launch}: a command in several processes, on one host or on several. */
@Command(
        name = "launch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Trains each trial in several processes that share every batch; mpirun (Open MPI) starts and connects them.",
            "The command is given once, on one host. The others need the same Palette, data and weights under the same paths."
        },
        footer = {
            "",
            "Examples:",
            "  palette launch --nproc_per_node 2 run experiments/quickstart.groovy",
            "  palette launch --nproc_per_node 4 --hosts node1,node2 run_multi_task --sample anneal …",
            "The same without this command: mpirun -np 2 ./palette run experiments/quickstart.groovy"
        })
final class LaunchCommand implements Callable<Integer> {
    private static final String MPIRUN = "mpirun";

    /** Seconds for the step at hand and a checkpoint, when the job is told to stop. */
    private static final int SECONDS_TO_STOP = 300;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--nproc_per_node", paramLabel = "N", description = "processes on each host; default: 1")
    private int perHost = 1;

    @Option(names = "--nnodes", paramLabel = "N", description = "hosts; default: as many as --hosts names")
    private @Nullable Integer count;

    @Option(names = "--hosts", split = ",", paramLabel = "HOST", description = "their names; default: this one alone")
    private List<String> hosts = List.of("localhost");

    @Option(
            names = {"--node_rank", "--master_addr", "--master_port"},
            hidden = true)
    private @Nullable String ofTorch;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "1..*",
            description = "what each process is to do: run SCRIPT, run_multi_task …")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() {
        if (ofTorch != null) {
            throw new PaletteException(
                    "--node_rank, --master_addr and --master_port belong to a launcher that is started on every host; this one is started once, and mpirun starts the others: palette launch --nproc_per_node %d --hosts HOST1,HOST2 %s"
                            .formatted(perHost, String.join(" ", command)));
        }
        if (count != null && count != hosts.size()) {
            throw new PaletteException("--nnodes is %d, but --hosts names %d: %s"
                    .formatted(count, hosts.size(), String.join(", ", hosts)));
        }
        Range.atLeast("--nproc_per_node", perHost, 1);
        return run(mpirun(new OwnCommand().words()));
    }

    /** What is started; one process for each slot of each host. */
    private List<String> mpirun(List<String> palette) {
        List<String> words = new ArrayList<>(List.of(
                MPIRUN,
                "-np",
                Integer.toString(perHost * hosts.size()),
                "--host",
                String.join(
                        ",", hosts.stream().map(host -> host + ":" + perHost).toList()),
                "--bind-to", // each takes its part of its host's processors
                "none",
                "--mca",
                "odls_base_sigkill_timeout",
                Integer.toString(SECONDS_TO_STOP)));
        for (String variable : List.of("GLIBC_TUNABLES", "PALETTE_JAVA_OPTIONS", "JAVA_HOME")) {
            if (System.getenv(variable) != null) {
                words.addAll(List.of("-x", variable));
            }
        }
        words.addAll(palette);
        words.addAll(command);
        return words;
    }

    private int run(List<String> words) {
        Process started;
        try {
            ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("OMPI_COMM_WORLD_"));
            started = builder.start();
        } catch (IOException e) {
            throw new PaletteException(
                    "mpirun cannot be started: %s. Install Open MPI on every host: on Debian and Ubuntu the package openmpi-bin, on Fedora openmpi, with Homebrew open-mpi"
                            .formatted(e.getMessage()),
                    e);
        }
        int code = awaited(started);
        if (code != ExitCode.FINISHED && code != ExitCode.BAD_INPUT) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "the job ended with %d; the same command goes on from the last checkpoint".formatted(code));
            spec.commandLine().getErr().flush();
        }
        return code;
    }

    /** Ctrl-C reaches mpirun by itself; SIGTERM reaches this process alone, which hands it on. */
    private static int awaited(Process started) {
        Thread handOn = new Thread(started::destroy, "SIGTERM");
        Runtime.getRuntime().addShutdownHook(handOn);
        try {
            int code = started.waitFor();
            Runtime.getRuntime().removeShutdownHook(handOn);
            return code;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a command's thread", e);
        }
    }
}
