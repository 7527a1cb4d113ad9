package dev.palette.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Ia3;
import dev.palette.adapter.Lora;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.TensorData;
import dev.palette.testing.MethodGolden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sums of adapters are sums of what they learnt, computed again here from the equations in double precision. */
class TaskArithmeticTest {
    private static final Vocabulary WORDS = Vocabulary.installed();
    private static final Lora LORA = Lora.of(l -> l.rank(4).alpha(6));
    private static final Lora STABILISED = Lora.of(l -> l.rank(4).alpha(6).rankStabilised(true));
    private static final Ia3 IA3 = new Ia3.Options().build();
    private static final Bottleneck PFEIFFER = Bottleneck.of(b -> b.reduction(4));
    private static final String PLACE = "adapter.lora.%s.layer.1.value.";

    @TempDir
    private Path folder;

    @Test
    void updatesOfWeightsAreAddedWithTheirScales() throws IOException {
        try (AdapterFile one = file("lora", LORA);
                AdapterFile other = file("rslora", STABILISED)) {
            double[][] expected = new double[24][24];
            add(expected, one, 6 / 4.0 * 0.5);
            add(expected, other, 6 / 2.0 * -2);
            try (AdapterFile sum = sum("both", vector(one, 0.5), vector(other, -2))) {
                Lora made = (Lora) SavedAdapters.adapter(sum, WORDS);
                assertThat(made.rank()).isEqualTo(8);
                double[][] found = new double[24][24];
                add(found, sum, made.scale(), "both");
                close(found, expected);
                assertThat(sum.names()).noneMatch(name -> name.startsWith("head."));
            }
        }
    }

    @Test
    void whatIsNegatedTakesAwayWhatItAdded() throws IOException {
        try (AdapterFile one = file("lora", LORA);
                AdapterFile negated = sum(MethodGolden.TASK, vector(one, -1));
                AdapterFile nothing = sum(MethodGolden.TASK, vector(one, 1), vector(negated, 1))) {
            assertThat(SavedAdapters.adapter(negated, WORDS)).isEqualTo(LORA);
            double[][] found = new double[24][24];
            add(found, nothing, ((Lora) SavedAdapters.adapter(nothing, WORDS)).scale());
            close(found, new double[24][24]);
            assertThat(nothing.tensor("head.mrpc.bias").toFloats())
                    .containsExactly(one.tensor("head.mrpc.bias").toFloats());
        }
        try (AdapterFile one = file("ia3", IA3);
                AdapterFile negated = sum(MethodGolden.TASK, vector(one, -1))) {
            String name = "adapter.ia3.mrpc.layer.0.key.scale";
            float[] scales = one.tensor(name).toFloats();
            float[] found = negated.tensor(name).toFloats();
            for (int i = 0; i < scales.length; i++) {
                assertThat(found[i]).isCloseTo(2 - scales[i], within(1e-6f));
            }
        }
    }

    @Test
    void anythingIsAveragedWithItsHead() throws IOException {
        try (AdapterFile one = file("pfeiffer", PFEIFFER);
                AdapterFile other = altered(one)) {
            List<TaskVector> terms = TaskArithmetic.mean(List.of(vector(one, 1), vector(other, 3)));
            Path made = folder.resolve("mean.safetensors");
            TaskArithmetic.sum(terms, MethodGolden.TASK, made, WORDS);
            try (AdapterFile mean = AdapterFile.open(made)) {
                assertThat(mean.names()).containsExactlyInAnyOrderElementsOf(one.names());
                for (String name : mean.names()) {
                    float[] first = one.tensor(name).toFloats();
                    float[] second = other.tensor(name).toFloats();
                    float[] found = mean.tensor(name).toFloats();
                    for (int i = 0; i < found.length; i++) {
                        assertThat((double) found[i]).isCloseTo(0.25 * first[i] + 0.75 * second[i], within(1e-6));
                    }
                }
                assertThat(mean.manifest().history().get(0)).contains("0.25 × mrpc of", "0.75 × mrpc of");
            }
        }
    }

    @Test
    void whatHasNoSuchSumIsRefused() throws IOException {
        try (AdapterFile lora = file("lora", LORA);
                AdapterFile ia3 = file("ia3", IA3);
                AdapterFile pfeiffer = file("pfeiffer", PFEIFFER)) {
            assertThatThrownBy(() -> sum("x", vector(pfeiffer, -1)))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("can be averaged, and not added or taken away");
            assertThatThrownBy(() -> sum("x", vector(lora, 1), vector(ia3, 1)))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("LoRA(4, alpha 6.0) and IA³ cannot be added up");
            assertThatThrownBy(() -> new TaskVector(lora, "mnli", 1))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("unknown task 'mnli'");
            assertThatThrownBy(() -> TaskArithmetic.mean(List.of(vector(lora, 1), vector(lora, -1))))
                    .isInstanceOf(PaletteException.class);
        }
    }

    private AdapterFile altered(AdapterFile one) {
        Path file = folder.resolve("altered.safetensors");
        AdapterFile.write(
                file,
                one.manifest(),
                one.tensors().stream()
                        .map(tensor -> WeightedSum.times(tensor, -1.5))
                        .toList());
        return AdapterFile.open(file);
    }

    private AdapterFile file(String method, Adapter adapter) throws IOException {
        return AdapterFile.open(ExchangeGolden.write(folder.resolve(method + ".safetensors"), method, adapter));
    }

    private static TaskVector vector(AdapterFile file, double weight) {
        return new TaskVector(file, MethodGolden.TASK, weight);
    }

    private int sums;

    private AdapterFile sum(String task, TaskVector... terms) {
        Path file = folder.resolve("sum" + sums++ + ".safetensors");
        TaskArithmetic.sum(List.of(terms), task, file, WORDS);
        return AdapterFile.open(file);
    }

    private static void add(double[][] sum, AdapterFile file, double factor) {
        add(sum, file, factor, MethodGolden.TASK);
    }

    /** sum + factor · B A, number by number. */
    private static void add(double[][] sum, AdapterFile file, double factor, String task) {
        TensorData down = file.tensor(PLACE.formatted(task) + "down.weight");
        float[] a = down.toFloats();
        float[] b = file.tensor(PLACE.formatted(task) + "up.weight").toFloats();
        int rank = Math.toIntExact(down.shape().get(0));
        for (int row = 0; row < sum.length; row++) {
            for (int column = 0; column < sum.length; column++) {
                for (int i = 0; i < rank; i++) {
                    sum[row][column] += factor * b[row * rank + i] * a[i * sum.length + column];
                }
            }
        }
    }

    private static void close(double[][] found, double[][] expected) {
        for (int row = 0; row < expected.length; row++) {
            assertThat(found[row]).usingComparatorWithPrecision(1e-5).containsExactly(expected[row]);
        }
    }
}
