package dev.palette.table;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.experiment.Examples;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.sampler.Proportional;
import dev.palette.sampler.SquareRoot;
import dev.palette.spec.RandomStreams;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Makes the folder of a large sweep that nobody trained, to measure by hand how fast it is tabulated:
 *
 * <pre>
 * java -cp … dev.palette.table.ManyRuns /tmp/many 200 500      # 2,000 runs: 5 adapters × 2 samplers × 200 seeds, 500 points each
 * time ./palette table /tmp/many/many
 * </pre>
 */
final class ManyRuns {
    private static final int EVALUATE_EVERY = 50;

    private ManyRuns() {}

    /** Makes the runs: folder, seeds, logged points a run. */
    public static void main(String[] arguments) throws IOException {
        make(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    }

    /** Makes ten runs a seed. */
    static void make(Path out, int seeds, int points) throws IOException {
        MadeUpRuns runs = new MadeUpRuns(out);
        for (Trial trial : experiment(seeds).trials()) {
            double score = 0.5
                    + 0.1
                            * new RandomStreams(trial.seed())
                                    .uniform("score " + trial.adapter().label(), 0);
            Path folder = runs.finish("many", trial, score).folder();
            try (BufferedWriter log = Files.newBufferedWriter(folder.resolve("metrics.jsonl"))) {
                for (int step = 1; step <= points; step++) {
                    log.write(line(step, score));
                }
            }
        }
    }

    private static String line(int step, double score) {
        if (step % EVALUATE_EVERY == 0) {
            return "{\"step\":%d,\"selection\":{\"cola\":{\"matthews\":%s},\"mrpc\":{\"accuracy\":%s,\"f1\":%s}},\"average\":%s,\"best\":true}\n"
                    .formatted(step, score, score, score, score);
        }
        return "{\"step\":%d,\"task\":\"cola\",\"loss\":%s,\"tokens\":512,\"seconds\":0.25}\n"
                .formatted(step, 1.0 / step);
    }

    private static Experiment experiment(int seeds) {
        List<Adapter> adapters = new ArrayList<>(List.of(new Shared()));
        for (int size : List.of(12, 48, 96, 204)) {
            adapters.add(Pal.of(p -> p.size(size).heads(6)));
        }
        return Experiment.of(
                "many",
                e -> e.encoder(Examples.experiment().encoder())
                        .tasks(Examples.experiment().tasks())
                        .adapters(adapters)
                        .samplings(new Proportional(), new SquareRoot())
                        .training(t -> t.steps(500))
                        .seeds(LongStream.rangeClosed(1, seeds).toArray()));
    }
}
