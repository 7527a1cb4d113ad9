package dev.palette.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.BitFit;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Bottleneck.Form;
import dev.palette.adapter.Dora;
import dev.palette.adapter.Ia3;
import dev.palette.adapter.Lora;
import dev.palette.adapter.MtlLora;
import dev.palette.adapter.Polytropon;
import dev.palette.adapter.PrefixTuning;
import dev.palette.adapter.Projection;
import dev.palette.adapter.PromptTuning;
import dev.palette.adapter.Shared;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.Activation;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.TensorData;
import dev.palette.testing.MethodGolden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An encoder with an adapter in its weights gives what the libraries compute with the adapter beside them. */
class MergeTest {
    private static final float TOLERANCE = 1e-5f;
    private static final Vocabulary WORDS = Vocabulary.installed();

    @TempDir
    private Path folder;

    static Stream<Arguments> mergeable() {
        return Stream.of(
                Arguments.of("lora", Lora.of(l -> l.rank(4).alpha(6))),
                Arguments.of("lora-everywhere", Lora.of(l -> l.rank(2).alpha(3).projections(Projection.values()))),
                Arguments.of("rslora", Lora.of(l -> l.rank(4).alpha(6).rankStabilised(true))),
                Arguments.of(
                        "dora",
                        Dora.of(d -> d.rank(4)
                                .alpha(6)
                                .projections(Projection.QUERY, Projection.ATTENTION_OUTPUT, Projection.OUTER))),
                Arguments.of("ia3", new Ia3.Options().build()),
                Arguments.of("bitfit", new BitFit.Options().build()),
                Arguments.of(
                        "mtl-lora",
                        MtlLora.of(l -> l.rank(3).alpha(6).ups(2).projections(Projection.QUERY, Projection.OUTER))),
                Arguments.of(
                        "polytropon", Polytropon.of(p -> p.skills(3).rank(2).alpha(6))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mergeable")
    void theMergedEncoderAloneGivesTheAdaptersLogits(String method, Adapter adapter) throws IOException {
        Path merged = merge(ExchangeGolden.write(folder.resolve("adapter.safetensors"), method, adapter));
        assertThat(ExchangeGolden.logits(new Shared(), null, merged.resolve("model.safetensors")))
                .usingComparatorWithPrecision(TOLERANCE)
                .containsExactly(MethodGolden.read(method).values("logits"));
    }

    @Test
    void sumsAreMergedInTheirOrder() throws IOException {
        Lora lora = Lora.of(l -> l.rank(4).alpha(6));
        Adapter sum = lora.plus(new Ia3.Options().build());
        List<TensorData> tensors = new ArrayList<>();
        for (String method : List.of("lora", "ia3")) {
            MethodGolden golden = MethodGolden.read(method);
            golden.trained().stream()
                    .filter(name -> method.equals("lora") || !name.startsWith("head."))
                    .forEach(name -> tensors.add(
                            TensorData.ofFloats(name, golden.values("weights", name), golden.shape("weights", name))));
        }
        Path file = folder.resolve("sum.safetensors");
        AdapterFile.write(file, ExchangeGolden.manifest(sum), tensors);
        Path merged = merge(file);
        try (AdapterFile adapters = AdapterFile.open(file)) {
            assertThat(ExchangeGolden.logits(new Shared(), null, merged.resolve("model.safetensors")))
                    .usingComparatorWithPrecision(TOLERANCE)
                    .containsExactly(ExchangeGolden.logits(
                            sum, adapters, ExchangeGolden.encoder().weights()));
        }
    }

    static Stream<Arguments> notMergeable() {
        return Stream.of(
                Arguments.of(
                        "houlsby",
                        Bottleneck.of(b -> b.form(Form.HOULSBY).reduction(6).activation(Activation.SWISH))),
                Arguments.of("prefix", PrefixTuning.of(p -> p.length(3).reparameterisation(5))),
                Arguments.of("prompt", PromptTuning.of(p -> p.length(3))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notMergeable")
    void whatHasNoPlaceInTheWeightsIsRefusedWithAReason(String method, Adapter adapter) throws IOException {
        Path file = ExchangeGolden.write(folder.resolve("adapter.safetensors"), method, adapter);
        assertThatThrownBy(() -> merge(file))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("cannot be merged: " + adapter.label())
                .hasMessageContaining("for which their weights have no place");
        assertThat(folder.resolve("merged")).doesNotExist();
    }

    private Path merge(Path file) throws IOException {
        Path vocabulary = folder.resolve("vocab.txt");
        Files.write(
                vocabulary,
                Stream.concat(
                                Stream.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
                                IntStream.range(5, 60).mapToObj(i -> "w" + i))
                        .toList());
        EncoderFiles tiny = ExchangeGolden.encoder();
        EncoderFiles encoder = new EncoderFiles(tiny.config(), tiny.weights(), vocabulary, true, tiny.fingerprint());
        Path merged = folder.resolve("merged");
        try (AdapterFile adapters = AdapterFile.open(file)) {
            Merge.into(adapters, MethodGolden.TASK, encoder, merged, WORDS);
        }
        return merged;
    }
}
