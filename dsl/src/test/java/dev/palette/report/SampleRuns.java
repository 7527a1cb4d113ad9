package dev.palette.report;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.ExperimentFile;
import dev.palette.result.Parameters;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.sampler.Annealed;
import dev.palette.sampler.SquareRoot;
import dev.palette.sampler.TaskSampling;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Runs of an experiment that nobody trained: folders as the runner leaves them, with made-up curves. A high learning rate and PALs are good
 * here, the sampler does not matter, and seeds differ a little.
 */
public final class SampleRuns {
    /** The experiment's name. */
    public static final String NAME = "sample";

    /** What an unfriendly person calls things. */
    public static final String HOSTILE = "</script><img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";

    private static final List<String> TASKS = List.of("cola", "rte", "sts");
    private static final int ENCODER = 109_482_240;

    private final Path out;
    private final int steps;
    private final int every;
    private final List<Adapter> adapters;
    private final List<TaskSampling> samplings;
    private final List<Double> rates;

    private SampleRuns(Path out, int steps, List<Adapter> adapters, List<TaskSampling> samplings, List<Double> rates) {
        this.out = out;
        this.steps = steps;
        this.every = Math.max(1, steps / 10);
        this.adapters = adapters;
        this.samplings = samplings;
        this.rates = rates;
    }

    /** A grid of 3 adapters × 2 samplers × 3 learning rates. */
    public static SampleRuns grid(Path out) {
        return new SampleRuns(
                out,
                120,
                List.of(new Shared(), Pal.of(p -> p.size(204).heads(6)), LowRank.of(p -> p.size(100))),
                List.of(Annealed.of(a -> a.from(1).to(0.2).phases(5)), new SquareRoot()),
                List.of(1e-5, 5e-5, 3e-4));
    }

    /** Many learning rates, {@code variants} in all, with so many steps each. */
    public static SampleRuns random(Path out, int variants, int steps) {
        Random random = new Random(7);
        List<Double> rates = random.doubles(variants / 4)
                .mapToObj(x -> Double.valueOf(String.format(Locale.ROOT, "%.5e", 1e-5 * Math.pow(100, x))))
                .toList();
        return new SampleRuns(
                out,
                steps,
                List.of(Pal.of(p -> p.size(12).heads(6)), LowRank.of(p -> p.size(100))),
                List.of(Annealed.of(a -> a.from(1).to(0.2).phases(5)), new SquareRoot()),
                rates);
    }

    /** All trials for some seeds. */
    public List<Trial> trials(long... seeds) {
        List<Trial> trials = new ArrayList<>();
        for (double rate : rates) {
            trials.addAll(Experiment.of(
                            NAME,
                            e -> e.encoder(new EncoderSource.Released("bertBase.uncased"))
                                    .tasks(
                                            GlueTasks.of(GlueLayout.COLA),
                                            GlueTasks.of(GlueLayout.RTE),
                                            GlueTasks.of(GlueLayout.STS))
                                    .adapters(adapters)
                                    .samplings(samplings)
                                    .seeds(LongStream.of(seeds).boxed().toList())
                                    .training(t -> t.steps(steps)
                                            .optimizer(new Optimizer.AdamWOptions()
                                                    .learningRate(rate)
                                                    .build())
                                            .evaluate(new EvaluationPlan.Options()
                                                    .every(every)
                                                    .selectOn(new Selection.Holdout(0.1))
                                                    .build())))
                    .trials());
        }
        return trials;
    }

    /** Finished runs of trials, and the experiment's file with its script. */
    public SampleRuns finish(List<Trial> trials) {
        trials.forEach(trial -> {
            RunDirectory run = begin(trial, steps);
            predictions(run, trial);
            run.finish(result(trial));
        });
        new ExperimentFile(
                        NAME,
                        List.of(
                                new ExperimentAxis("architecture", "adapter"),
                                new ExperimentAxis(null, "training.optimizer.learningRate")),
                        "sample.groovy",
                        "experiment('sample') {\n    // " + HOSTILE + "\n}\n")
                .write(out.resolve(NAME));
        return this;
    }

    /** A run that was begun and has logged so many steps. */
    public RunDirectory begin(Trial trial, int logged) {
        RunDirectory run = RunDirectory.of(out, NAME, trial);
        run.open(Provenance.present(trial, "cpu", "MATMUL", 2, "aaaa", Map.of("cola/train", "bbbb")));
        log(run, trial, 1, logged);
        return run;
    }

    /** Logs steps {@code from} to {@code to}. */
    public void log(RunDirectory run, Trial trial, int from, int to) {
        Random random = new Random(trial.id().hashCode());
        StringBuilder lines = new StringBuilder();
        double goal = quality(trial);
        for (int step = 1; step <= to; step++) {
            String task = TASKS.get(random.nextInt(step < steps / 2 ? 2 : 3));
            double loss = 0.2 + (1.2 - goal) * Math.exp(-3.0 * step / steps) + 0.1 * random.nextDouble();
            double done = goal * (1 - Math.exp(-5.0 * step / steps)) + 0.01 * random.nextGaussian();
            if (step < from) {
                continue;
            }
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"step\":%d,\"task\":\"%s\",\"loss\":%.5f,\"tokens\":%d,\"seconds\":%.4f}%n",
                    step,
                    task,
                    loss,
                    300 + random.nextInt(50),
                    0.4 + 0.1 * random.nextDouble()));
            if (step % every == 0) {
                lines.append(String.format(
                        Locale.ROOT,
                        "{\"step\":%d,\"selection\":{\"cola\":{\"matthews\":%.5f},\"rte\":{\"accuracy\":%.5f},"
                                + "\"sts\":{\"pearson\":%.5f,\"spearman\":%.5f}},\"average\":%.5f,\"best\":true}%n",
                        step,
                        done - 0.1,
                        done,
                        done + 0.1,
                        done + 0.1,
                        done));
            }
        }
        append(run.metrics(), lines.toString());
    }

    private static double quality(Trial trial) {
        double rate = ((Optimizer.AdamW) trial.training().optimizer()).learningRate();
        double ofRate = 0.08 * Math.log10(rate / 1e-5);
        double ofAdapter = trial.adapter() instanceof Pal ? 0.05 : 0;
        return 0.6 + ofRate + ofAdapter + 0.01 * new Random(trial.id().hashCode()).nextGaussian();
    }

    private RunResult result(Trial trial) {
        double value = quality(trial);
        double parameters =
                trial.adapter() instanceof Shared ? 1.0001 : trial.adapter() instanceof Pal ? 1.1331 : 1.1356;
        return RunResult.of(
                trial,
                List.of(
                        new Score("cola", "dev", "matthews", value - 0.1),
                        new Score("rte", "dev", "accuracy", value),
                        new Score("sts", "dev", "pearson", value + 0.1),
                        new Score("sts", "dev", "spearman", value + 0.1)),
                List.of(new Score("cola", "dev", "matthews", 0), new Score("rte", "dev", "accuracy", 0.527)),
                new Parameters((long) (parameters * ENCODER), ENCODER),
                steps,
                List.of(),
                0.45 * steps,
                2_000_000_000);
    }

    private static void predictions(RunDirectory run, Trial trial) {
        Random random = new Random(trial.id().hashCode());
        StringBuilder classes = new StringBuilder("index\tprediction\tlabel\tlogit_0\tlogit_1\n");
        StringBuilder scores = new StringBuilder("index\tprediction\tlabel\tlogit_0\n");
        for (int i = 0; i < 40; i++) {
            boolean right = i > 3 && random.nextDouble() < 0.8;
            int label = i % 2;
            double logit = 0.2 + 2 * random.nextDouble() + (i == 2 ? 3 : 0);
            int said = right ? label : 1 - label;
            classes.append(String.format(
                    Locale.ROOT,
                    "%d\t%d\t%d\t%.4f\t%.4f%n",
                    i,
                    said,
                    label,
                    said == 0 ? logit : -logit,
                    said == 0 ? -logit : logit));
            scores.append(
                    String.format(Locale.ROOT, "%d\t%.3f\t%.1f\t%.4f%n", i, 5 * random.nextDouble(), i % 6 * 1.0, 0.3));
        }
        append(run.predictions().resolve("cola-dev.tsv"), classes.toString());
        append(
                run.predictions().resolve("rte-dev.tsv"),
                "index\tprediction\tlabel\tlogit_0\tlogit_1\n0\t" + HOSTILE + "\tentailment\t2.0\t-1.0\n");
        append(run.predictions().resolve("sts-dev.tsv"), scores.toString());
    }

    private static void append(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.replace("\r\n", "\n"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
