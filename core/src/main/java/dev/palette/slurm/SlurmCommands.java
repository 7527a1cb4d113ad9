package dev.palette.slurm;

import dev.palette.spec.PaletteException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slurm's own commands. */
class SlurmCommands {
    private static final File NOTHING = new File("/dev/null");
    private static final int SECONDS_TO_ANSWER = 60;
    private static final Pattern LARGEST_ARRAY = Pattern.compile("MaxArraySize\\s*=\\s*(\\d+)");

    /** Slurm's default. */
    private static final int USUAL_ARRAY = 1_001;

    /** What a controller says that is being started again, or has too much to do. */
    private static final List<String> PASSING = List.of(
            "Unable to contact slurm controller",
            "Socket timed out",
            "Connection refused",
            "Resource temporarily unavailable",
            "temporarily unable to accept job",
            "no answer");

    /**
     * What a command said.
     *
     * @param code 0 when it went well
     */
    record Answer(int code, String out, String err) {
        /** Whether the same may go well in a moment. */
        boolean isPassing() {
            return code != 0 && PASSING.stream().anyMatch(err::contains);
        }

        /** The error, in one line. */
        String problem() {
            return String.join(
                    "; ",
                    err.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList());
        }
    }

    /** Makes sure that there are commands and a controller; returns how many tasks an array may have. */
    int largestArray() {
        Answer config = run(List.of("scontrol", "show", "config"));
        if (config.code() != 0) {
            throw new PaletteException(
                    "Slurm's controller does not answer: %s; run this on a machine of the cluster, where sinfo lists its partitions"
                            .formatted(config.problem()));
        }
        Matcher size = LARGEST_ARRAY.matcher(config.out());
        return Math.max(1, size.find() ? Integer.parseInt(size.group(1)) : USUAL_ARRAY);
    }

    /** Submits a job; gives its id when the answer is a good one. */
    Answer submit(List<String> words) {
        List<String> all = new ArrayList<>(List.of("sbatch", "--parsable"));
        all.addAll(words);
        return run(all);
    }

    /**
     * How the tasks of some arrays do, those that ended in the last minutes too; empty when Slurm doesn't answer.
     *
     * @param jobs at least one
     */
    Optional<List<QueuedTask>> queue(Collection<String> jobs) {
        return list("--jobs=" + String.join(",", jobs));
    }

    /** The same for the array of a name, whose id is not known. */
    Optional<List<QueuedTask>> queue(String name) {
        return list("--name=" + name);
    }

    private Optional<List<QueuedTask>> list(String which) {
        Answer answer =
                run(List.of("squeue", "--noheader", "--array", "--states=all", which, "--format=" + QueuedTask.FORMAT));
        if (answer.code() != 0 && !answer.err().contains("Invalid job id")) {
            return Optional.empty();
        }
        return Optional.of(answer.out()
                .lines()
                .flatMap(line -> QueuedTask.of(line.strip()).stream())
                .toList());
    }

    /** Ends tasks; those that have ended already are none the worse. */
    void cancel(Collection<String> tasks) {
        List<String> words = new ArrayList<>(List.of("scancel", "--quiet"));
        words.addAll(tasks);
        run(words);
    }

    /** How a task ended, as far as the controller or the accounting remember. */
    TaskEnd end(String task) {
        Answer known = run(List.of("scontrol", "--oneliner", "show", "job", task));
        if (known.code() == 0 && known.out().contains("JobState=")) {
            return TaskEnd.ofControl(task, known.out());
        }
        Answer booked = run(List.of(
                "sacct",
                "--noheader",
                "--parsable2",
                "--allocations",
                "--jobs=" + task,
                "--format=State,ExitCode,NodeList"));
        return TaskEnd.ofAccounting(task, booked.code() == 0 ? booked.out() : "");
    }

    /** Runs a command to its end. */
    Answer run(List<String> words) {
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .redirectInput(ProcessBuilder.Redirect.from(NOTHING))
                    .start();
        } catch (IOException e) {
            throw new PaletteException(
                    "%s cannot be started: %s. Run this where the cluster's jobs are submitted, a login node; on Debian and Ubuntu Slurm's commands are the package slurm-client"
                            .formatted(words.get(0), e.getMessage()),
                    e);
        }
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        try {
            if (!process.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Answer(1, "", "no answer in %d seconds".formatted(SECONDS_TO_ANSWER));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
        return new Answer(process.exitValue(), out.join(), err.join());
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
