package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.BitFit;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Common;
import dev.palette.adapter.Compacter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Dora;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.HyperFormer;
import dev.palette.adapter.Ia3;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.Lora;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.MtlLora;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Polytropon;
import dev.palette.adapter.PrefixTuning;
import dev.palette.adapter.Projection;
import dev.palette.adapter.PromptTuning;
import dev.palette.adapter.Separate;
import dev.palette.adapter.Shared;
import dev.palette.adapter.TopAttention;
import dev.palette.adapter.TopLayer;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.GlueTasks;
import dev.palette.task.Head;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** BERT-base with GLUE's eight tasks has as many parameters as in the original code. */
class ParameterCountsTest {
    private static final BertConfig BERT_BASE = new BertConfig(30_522, 768, 12, 12, 3_072, 512, 2, 0.1, 0.1, 1e-12);

    private static Map<String, Head> glue() {
        Map<String, Head> heads = new LinkedHashMap<>();
        GlueTasks.eight().forEach(task -> heads.put(task.name(), task.head()));
        return heads;
    }

    static Stream<Arguments> architectures() {
        return Stream.of(
                Arguments.of("pals", new Pal(204, 6)),
                Arguments.of("low_rank", new LowRank(100)),
                Arguments.of("houlsby", new Houlsby(50)),
                Arguments.of("houlsby_plus_pals", new Houlsby(50, new Pal(156, 6))),
                Arguments.of("top_attn", new TopAttention(204, 6, 12)),
                Arguments.of("top_bert_layer", new TopLayer()),
                Arguments.of("lhuc", new Lhuc()),
                Arguments.of("pals+lhuc", new Lhuc(new Pal(204, 6))),
                Arguments.of("fully_shared", new Shared()),
                Arguments.of("pals_flag_without_mult", new Shared()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("architectures")
    void everyArchitectureHasTheOriginalsParameters(String name, Adapter adapter) throws IOException {
        agree(
                ParameterCounts.of(BERT_BASE, adapter, glue()),
                Golden.read("param_counts.json").get(name));
    }

    @Test
    void oneTaskWithABertOfItsOwnHasTheOriginalsSingleModel() throws IOException {
        agree(
                ParameterCounts.of(BERT_BASE, new Separate(), Map.of("cola", new Head.Sequence(2))),
                Golden.read("param_counts.json").get("single"));
    }

    private static void agree(ParameterCounts counts, JsonNode expected) {
        assertThat(counts.total()).isEqualTo(expected.get("total").asLong());
        assertThat(counts.encoder()).isEqualTo(expected.get("shared").asLong());
        assertThat(counts.adapters()).isEqualTo(expected.get("adapters").asLong());
        assertThat(counts.perTask()).isEqualTo(expected.get("adapter_per_task").asLong());
        assertThat(counts.heads()).isEqualTo(expected.get("heads").asLong());
        assertThat(counts.ratio()).isCloseTo(expected.get("ratio_total").asDouble(), within(1e-15));
        assertThat(counts.ratioWithoutHeads())
                .isCloseTo(expected.get("ratio_no_heads").asDouble(), within(1e-15));
        assertThat(counts.unfrozen()).isEqualTo(expected.get("trainable_freeze").asLong());
        assertThat(counts.frozen()).isEqualTo(expected.get("frozen").asLong());
    }

    @Test
    void eightTasksApartHaveEightEncoders() {
        ParameterCounts counts = ParameterCounts.of(BERT_BASE, new Separate(), glue());
        assertThat(counts)
                .isEqualTo(new ParameterCounts(
                        109_482_240, 0, 8 * 109_482_240L, 109_482_240, 12_304, 8 * 38_400 + 12_304));
        assertThat(counts.ratioWithoutHeads()).isEqualTo(8);
    }

    @Test
    void palsOnTheUpperHalfCostWhatThePaperSays() {
        Adapter upperHalf = Pal.of(pal -> pal.size(276).layers(6, 7, 8, 9, 10, 11));
        assertThat(ParameterCounts.of(BERT_BASE, upperHalf, glue()).ratioWithoutHeads())
                .isCloseTo(1.13, within(0.005));
    }

    /** By hand: 12 layers, 768 wide, 3,072 inside, for each of 8 tasks. */
    static Stream<Arguments> handCounted() {
        return Stream.of(
                Arguments.of(new Lora.Options().build(), 12 * 2 * (8 * 768 + 768 * 8)),
                Arguments.of(
                        Lora.of(l -> l.rank(4).projections(Projection.values())),
                        12 * 4 * (4 * (768 + 768) + 2 * (768 + 3_072))),
                Arguments.of(new Dora.Options().build(), 12 * 2 * (8 * 768 + 768 * 8 + 768)),
                Arguments.of(new Ia3.Options().build(), 12 * (768 + 768 + 3_072)),
                Arguments.of(new BitFit.Options().build(), 12 * (8 * 768 + 3_072 - 768) + 2 * 768),
                Arguments.of(BitFit.of(b -> b.norms(false).layers(0)), 4 * 768 + 3_072 + 768),
                Arguments.of(new Bottleneck.Options().build(), 12 * (2 * 768 * 48 + 48 + 768)),
                Arguments.of(Bottleneck.of(b -> b.form(Bottleneck.Form.HOULSBY)), 2 * 12 * (2 * 768 * 48 + 48 + 768)),
                Arguments.of(Lora.of(l -> l.layers(6, 7)), 2 * 2 * (8 * 768 + 768 * 8)),
                Arguments.of(new Compacter.Options().build(), 4 * 4 * 4 + 2 * 12 * (2 * (768 + 24) + 24 + 768)),
                Arguments.of(
                        Compacter.of(c -> c.rank(2).afterAttention(false)),
                        4 * 4 * 4 + 12 * (2 * 2 * (768 + 24) + 24 + 768)),
                Arguments.of(
                        new PrefixTuning.Options().build(), 30 * 768 + 768 * 512 + 512 + 12 * 2 * (512 * 768 + 768)),
                Arguments.of(PrefixTuning.of(p -> p.reparameterisation(0)), 12 * 2 * 30 * 768),
                Arguments.of(new PromptTuning.Options().build(), 20 * 768),
                Arguments.of(
                        PromptTuning.of(p -> p.length(5).reparameterisation(64)), 5 * 768 + 2 * 768 * 64 + 64 + 768));
    }

    @ParameterizedTest
    @MethodSource("handCounted")
    void aMethodHasAsManyParametersATaskAsItsFormulaSays(Adapter adapter, int perTask) {
        ParameterCounts counts = ParameterCounts.of(BERT_BASE, adapter, glue());
        assertThat(counts.perTask()).isEqualTo(perTask);
        assertThat(counts.adapters()).isEqualTo(8L * perTask);
    }

    /** By hand: what 8 tasks have together, and each for itself. */
    static Stream<Arguments> countedByHandForManyTasks() {
        int shared = 12 * 2 * (8 * 768 + 3 * 768 * 8);
        int generators = 64 * (2 * 24 * 768 + 2 * 768);
        return Stream.of(
                Arguments.of(new MtlLora.Options().build(), shared, 12 * 2 * (8 * 8 + 3)),
                Arguments.of(new Polytropon.Options().build(), 12 * 2 * 8 * (8 * 768 + 768 * 8), 8),
                Arguments.of(
                        new HyperFormer.Options().build(),
                        (12 + 2) * 64 + 3 * 64 * 128 + 128 + 128 * 64 + 64 + generators,
                        64));
    }

    @ParameterizedTest
    @MethodSource("countedByHandForManyTasks")
    void aMethodForManyTasksHasASharedPartAndSmallOnesOfTasks(Adapter adapter, int shared, int perTask) {
        ParameterCounts counts = ParameterCounts.of(BERT_BASE, adapter, glue());
        assertThat(counts.perTask()).isEqualTo(perTask);
        assertThat(counts.adapters()).isEqualTo(shared + 8L * perTask);
    }

    @Test
    void whatTasksHaveInCommonIsThereOnce() {
        int ofOne = 12 * 2 * (8 * 768 + 768 * 8);
        Adapter lora = new Lora.Options().build();
        assertThat(ParameterCounts.of(BERT_BASE, Common.of(c -> c.of(lora)), glue()))
                .extracting(ParameterCounts::adapters, ParameterCounts::perTask)
                .containsExactly((long) ofOne, 0L);
        Common grouped =
                Common.of(c -> c.of(lora).groups("mrpc, qqp", "mnli, rte, qnli")); // and CoLA, SST-2, STS-B alone
        assertThat(ParameterCounts.of(BERT_BASE, grouped, glue()).adapters()).isEqualTo(5L * ofOne);
    }

    @Test
    void everyParameterHasANameOfItsOwn() {
        Adapter everything = new Pal(204, 6)
                .plus(new Pal(12, 6, false, List.of(1)))
                .plus(new LowRank(5))
                .plus(new Lora.Options().build())
                .plus(new Dora.Options().build())
                .plus(new Ia3.Options().build())
                .plus(new BitFit.Options().build())
                .plus(new Bottleneck.Options().build())
                .plus(new Compacter.Options().build())
                .plus(new PrefixTuning.Options().build())
                .plus(new PromptTuning.Options().build())
                .plus(new MtlLora.Options().build())
                .plus(new Polytropon.Options().build())
                .plus(new HyperFormer.Options().build())
                .plus(Common.of(c -> c.of(new Lora.Options().build())))
                .plus(Common.of(c -> c.of(new Lora.Options().build().plus(new LowRank(3)))))
                .plus(Common.of(c -> c.of(new Lora.Options().build()).groups("cola, rte")))
                .plus(new Lora.Options().build())
                .plus(new Houlsby(5, new Pal(6, 6)))
                .plus(new Lhuc(new Pal(6, 6)))
                .plus(new TopAttention(12, 1, 12))
                .plus(new TopLayer())
                .plus(new TopLayer());
        List<String> names = MultiTaskModel.parameters(BERT_BASE, everything, glue()).stream()
                .map(Declaration::name)
                .toList();
        assertThat(names).doesNotHaveDuplicates();
    }
}
