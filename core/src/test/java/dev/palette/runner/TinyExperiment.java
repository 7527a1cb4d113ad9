package dev.palette.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Trial;
import dev.palette.kernel.Fastest;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.pretrained.EncoderSource;
import dev.palette.remote.DownloadProgress;
import dev.palette.result.RunDirectory;
import dev.palette.sampler.Annealed;
import dev.palette.spec.RandomStreams;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.testing.TinyEncoder;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.CheckpointPlan.Keep;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.Selection;
import dev.palette.train.StopSignal;
import dev.palette.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;

/** A whole experiment of three tasks and two adapters that trains in a moment: encoder, data and description in one folder. */
record TinyExperiment(Path folder) {
    static final int STEPS = 20;

    /** Without processes of their own, so that a test can look on. */
    static final RunPlan IN_PROCESS = new RunPlan.Options().inProcess(true).build();

    /** No checkpoint but at a stop and the end. */
    static final CheckpointPlan SELDOM = new CheckpointPlan(Duration.ofDays(1), 0, Keep.BEST);

    /** A checkpoint after each step. */
    static final CheckpointPlan EVERY_STEP = new CheckpointPlan(Duration.ofDays(1), 1, Keep.BEST);

    /** Writes encoder and data. */
    static TinyExperiment write(Path folder) throws IOException {
        TinyEncoder.write(folder.resolve("encoder"));
        TinyExperiment experiment = new TinyExperiment(folder);
        experiment.writeData();
        return experiment;
    }

    /** Shared and PALs, evaluated at steps 8, 16 and 20 on a quarter of the training examples. */
    Experiment experiment() {
        return experiment(e -> {});
    }

    /** The same with some options changed. */
    Experiment experiment(Consumer<Experiment.Options> change) {
        return Experiment.of("tiny", e -> {
            e.encoder(new EncoderSource.Directory(folder.resolve("encoder").toString()))
                    .tasks(GlueTasks.of(GlueLayout.COLA), GlueTasks.of(GlueLayout.MRPC), GlueTasks.of(GlueLayout.STS))
                    .adapters(new Shared(), Pal.of(p -> p.size(12).heads(6)))
                    .samplings(new Annealed(1, 0.2, 5))
                    .training(training(t -> {}));
            change.accept(e);
        });
    }

    /** How it is trained, with some options changed. */
    static Training training(Consumer<Training.Options> change) {
        Training.Options options = new Training.Options()
                .steps(STEPS)
                .batchSize(4)
                .maxLength(24)
                .optimizer(adamW(1e-3))
                .evaluate(evaluate(new Selection.Holdout(0.25)));
        change.accept(options);
        return options.build();
    }

    static Optimizer adamW(double learningRate) {
        return new Optimizer.AdamWOptions().learningRate(learningRate).build();
    }

    static EvaluationPlan evaluate(Selection selection) {
        return new EvaluationPlan.Options().every(8).selectOn(selection).build();
    }

    RunOptions options(String out) {
        return options(out, SELDOM);
    }

    RunOptions options(String out, CheckpointPlan checkpoints) {
        return new RunOptions(folder.resolve(out), data(), folder.resolve("cache"), 1, checkpoints, false, IN_PROCESS);
    }

    Path data() {
        return folder.resolve("data");
    }

    RunSummary run(Experiment experiment, String out, RunListener listener) {
        return run(experiment, options(out), new StopSignal(), listener);
    }

    /** Runs with a kernel that doesn't hang on a measurement, as two runs that are compared bit by bit must. */
    static RunSummary run(Experiment experiment, RunOptions options, StopSignal stop, RunListener listener) {
        return runner().run(experiment, options, stop, listener);
    }

    static ExperimentRunner runner() {
        return new ExperimentRunner(
                DownloadProgress.SILENT,
                (products, threads, device) -> new Fastest(new KernelChoice(Product.MATMUL, threads, device), true));
    }

    RunDirectory directory(String out, Trial trial) {
        return RunDirectory.of(folder.resolve(out), "tiny", trial);
    }

    /** The weights that the trial reports with. */
    byte[] bestWeights(String out, Trial trial) throws IOException {
        return Files.readAllBytes(directory(out, trial).checkpoints().resolve("best/weights.safetensors"));
    }

    /** The lines of a trial's metrics, but for the time they took. */
    List<String> metrics(String out, Trial trial) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(directory(out, trial).metrics())) {
            lines.add(((ObjectNode) json(line)).without("seconds").toString());
        }
        return lines;
    }

    /** The tasks that a trial's batches came from, step by step, and how many word pieces each batch had. */
    List<String> batches(String out, Trial trial) throws IOException {
        List<String> batches = new ArrayList<>();
        for (String line : Files.readAllLines(directory(out, trial).metrics())) {
            JsonNode step = json(line);
            if (step.has("task")) {
                batches.add(step.get("task").asText() + " " + step.get("tokens"));
            }
        }
        return batches;
    }

    static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private void writeData() throws IOException {
        for (String split : List.of("train", "dev")) {
            int rows = split.equals("train") ? 24 : 10;
            write("CoLA", split, "", 2 * rows, (row, random) -> "own\t%d\t\t%s".formatted(row % 2, sentence(random)));
            write(
                    "MRPC",
                    split,
                    "Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n",
                    rows,
                    (row, random) ->
                            "%d\t%d\t%d\t%s\t%s".formatted(row % 2, row, row, sentence(random), sentence(random)));
            write(
                    "STS-B",
                    split,
                    "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore\n",
                    rows,
                    (row, random) -> "%d\town\town\t2026\t%d\town\town\t%s\t%s\t%.1f"
                            .formatted(row, row, sentence(random), sentence(random), row % 11 / 2.0));
        }
    }

    private interface Row {
        String text(int row, UniformRandomProvider random);
    }

    private void write(String task, String split, String header, int rows, Row row) throws IOException {
        StringBuilder text = new StringBuilder(header);
        for (int i = 0; i < rows; i++) {
            text.append(row.text(i, new RandomStreams(3).stream(task + split, i)))
                    .append('\n');
        }
        Path directory = Files.createDirectories(data().resolve(task));
        Files.writeString(directory.resolve(split + ".tsv"), text);
    }

    private static String sentence(UniformRandomProvider random) {
        return random.ints(random.nextInt(3, 9), 0, TinyEncoder.WORDS.size())
                .mapToObj(TinyEncoder.WORDS::get)
                .collect(Collectors.joining(" ", "", " ."));
    }
}
