package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
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

    @Test
    void everyParameterHasANameOfItsOwn() {
        Adapter everything = new Pal(204, 6)
                .plus(new Pal(12, 6, false, List.of(1)))
                .plus(new LowRank(5))
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
