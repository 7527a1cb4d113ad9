package dev.palette.slurm;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palette.experiment.SlurmPlan;
import dev.palette.experiment.StrictJson;
import dev.palette.launch.NodeFiles;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.SmallFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Trials that were handed to Slurm together, as one job array, and the folder in which that is written down:
 *
 * <pre>
 * submission.json   the trials by their index, and the array's id once there is one
 * job.sh            what Slurm runs
 * 0/ 1/ …           the files by which each trial is told and heard ({@link NodeFiles})
 * job-0.log …       what each task's script printed
 * </pre>
 *
 * @param folder where
 * @param name of the array, which no other has
 * @param trials their ids
 * @param job the array's id; empty before it has one
 */
record Submission(Path folder, String name, List<String> trials, String job) {
    private static final String FILE = "submission.json";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /** Variables that a trial's program may need; the others, among which there may be secrets, stay here. */
    private static final List<String> VARIABLES = List.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "JAVA_HOME",
            "LD_LIBRARY_PATH",
            "MODULEPATH",
            "MODULESHOME",
            "GLIBC_TUNABLES",
            "SLURM_CONF");

    /** As it is written down. */
    private record Written(String name, List<String> trials, String job) {}

    Submission {
        trials = List.copyOf(trials);
    }

    /**
     * Makes the folder for some trials, which are not handed over yet.
     *
     * @param all where submissions are kept
     * @param experiment its name, which people see in the queue
     */
    static Submission prepare(Path all, String experiment, List<String> trials, SlurmPlan plan) {
        String id = TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + "-"
                + UUID.randomUUID().toString().substring(0, 4);
        Path folder = all.resolve(id).toAbsolutePath();
        String name = "palette-" + experiment.replaceAll("[^A-Za-z0-9._-]", "-") + "-" + id;
        Submission submission = new Submission(folder, name, trials, "");
        AtomicFile.writeText(folder.resolve("job.sh"), JobScript.text(folder, plan));
        try {
            for (int i = 0; i < trials.size(); i++) {
                Files.createDirectories(submission.files(i).folder());
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(folder, e);
        }
        submission.write();
        return submission;
    }

    /** Those that are written down. */
    static List<Submission> in(Path all) {
        List<Submission> found = new ArrayList<>();
        if (!Files.isDirectory(all)) {
            return found;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
            for (Path folder : folders) {
                if (Files.isRegularFile(folder.resolve(FILE))) {
                    found.add(read(folder.toAbsolutePath()));
                }
            }
        } catch (IOException e) {
            throw AtomicFile.cannotRead(all, e);
        }
        return found;
    }

    private static Submission read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Written written = StrictJson.mapper().readValue(SmallFile.readText(file), Written.class);
            return new Submission(folder, written.name(), written.trials(), written.job());
        } catch (JsonProcessingException e) {
            throw StrictJson.explain(file.toString(), e);
        } catch (IOException e) {
            throw AtomicFile.cannotRead(file, e);
        }
    }

    private void write() {
        AtomicFile.writeText(
                folder.resolve(FILE),
                StrictJson.mapper().valueToTree(new Written(name, trials, job)).toPrettyString() + "\n");
    }

    /** The files of a task. */
    NodeFiles files(int index) {
        return new NodeFiles(folder.resolve(Integer.toString(index)));
    }

    /** How Slurm's commands call a task. */
    String task(int index) {
        return job + "_" + index;
    }

    /** Where a task's script prints. */
    Path log(int index) {
        return folder.resolve("job-" + index + ".log");
    }

    /** The same, known to Slurm by an id. */
    Submission as(String id) {
        Submission submitted = new Submission(folder, name, trials, id);
        submitted.write();
        return submitted;
    }

    /**
     * Hands it over.
     *
     * @return it with its id; empty when Slurm has no time now
     * @throws PaletteException when Slurm refuses it
     */
    Optional<Submission> submit(SlurmCommands commands, SlurmPlan plan) {
        SlurmCommands.Answer answer = commands.submit(words(plan));
        if (answer.isPassing()) {
            return Optional.empty();
        }
        if (answer.code() != 0) {
            throw new PaletteException(
                    "Slurm refuses the trials: %s. What was asked is in run.slurm (palette config shows it); sinfo lists the partitions, sacctmgr show assoc the accounts"
                            .formatted(answer.problem()));
        }
        return Optional.of(as(answer.out().strip().split(";", 2)[0]));
    }

    private List<String> words(SlurmPlan plan) {
        int last = trials.size() - 1;
        List<String> words = new ArrayList<>(List.of(
                "--array=0-" + last + (plan.atOnce() == 0 ? "" : "%" + plan.atOnce()),
                "--job-name=" + name,
                "--requeue",
                "--open-mode=append",
                "--output=" + folder.resolve("job-%a.log"),
                "--chdir=" + Path.of("").toAbsolutePath(),
                "--signal=B:USR1@" + plan.graceSeconds(),
                "--export=" + exported(System.getenv())));
        words.addAll(plan.words());
        words.add(folder.resolve("job.sh").toString());
        return words;
    }

    private static String exported(Map<String, String> environment) {
        Stream<String> modules = environment.keySet().stream().filter(name -> name.startsWith("OMP_"));
        return String.join(
                ",",
                Stream.concat(VARIABLES.stream().filter(environment::containsKey), modules)
                        .toList());
    }
}
