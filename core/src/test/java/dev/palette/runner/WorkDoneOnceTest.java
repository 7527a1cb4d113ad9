package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.ParameterSource;
import dev.palette.adapter.Shared;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ModelSizes;
import dev.palette.kernel.Fastest;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderSource;
import dev.palette.remote.DownloadProgress;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many trials and later starts have in common is worked out once. */
class WorkDoneOnceTest {
    @TempDir
    private Path folder;

    @Test
    void theModelsOfAHundredTrialsAreCountedOnceForEachArchitecture() throws IOException {
        List<String> declared = new ArrayList<>();
        List<Counted> adapters = List.of(new Counted("one", declared), new Counted("two", declared));
        Experiment sweep = TinyExperiment.write(folder)
                .experiment(e ->
                        e.adapters(adapters).seeds(LongStream.rangeClosed(1, 50).toArray()));
        assertThat(sweep.trials()).hasSize(100);

        ModelSizes sizes = new ModelSizes(folder.resolve("cache"));
        sweep.variants().forEach(sizes::of);

        assertThat(declared).containsExactly("one", "two");
    }

    @Test
    void theSizesOfAReleasedEncoderNeedNoCache() throws IOException {
        Experiment sweep =
                TinyExperiment.write(folder).experiment(e -> e.encoder(new EncoderSource.Released("bertBase.uncased")));

        ModelSizes sizes = new ModelSizes(folder.resolve("cache"));
        assertThat(sweep.variants())
                .hasSize(2)
                .allSatisfy(variant -> assertThat(sizes.of(variant).bert()).isEqualTo(109_482_240));
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aLaterStartMeasuresNoKernelsAndWritesNothingToTheCache() throws IOException {
        TinyExperiment tiny = TinyExperiment.write(folder);
        AtomicInteger measured = new AtomicInteger();
        start(tiny, "first", measured);
        List<String> cached = cached();

        start(tiny, "second", measured);

        assertThat(measured).hasValue(1);
        assertThat(cached()).isEqualTo(cached).anyMatch(file -> file.startsWith("fingerprints/"));
    }

    private static void start(TinyExperiment tiny, String out, AtomicInteger measured) {
        Experiment oneStep =
                tiny.experiment(e -> e.adapters(new Shared()).training(TinyExperiment.training(t -> t.steps(1))));
        RunSummary summary = new ExperimentRunner(DownloadProgress.SILENT, (products, threads, device) -> {
                    measured.incrementAndGet();
                    return new Fastest(new KernelChoice(Product.MATMUL, threads, device), true);
                })
                .run(oneStep, tiny.options(out), new StopSignal(), new Recorder());
        assertThat(summary.finished()).hasSize(1);
    }

    /** The cache's files, each with the moment it was written; those of tokenised texts bear the moment of their last use. */
    private List<String> cached() throws IOException {
        Path cache = folder.resolve("cache");
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(cache)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = cache.relativize(file).toString();
                files.add(name.startsWith("tokenised") ? name : name + " " + Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    /** An adapter of no parameters that notes whenever it is asked for them. */
    private record Counted(String label, List<String> asked) implements Adapter {
        @Override
        public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
            asked.add(label);
            return List.of();
        }

        @Override
        public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
            throw new AssertionError("no model is made");
        }

        @Override
        public boolean equals(Object other) { // the list of both is the same, and changes
            return other instanceof Counted counted && counted.label.equals(label);
        }

        @Override
        public int hashCode() {
            return label.hashCode();
        }
    }
}
