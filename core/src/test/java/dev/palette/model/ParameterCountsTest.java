package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.GlueTasks;
import dev.palette.task.Head;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** BERT-base with GLUE's eight tasks has as many parameters as in the original code. */
class ParameterCountsTest {
    private static final BertConfig BERT_BASE = new BertConfig(30_522, 768, 12, 12, 3_072, 512, 2, 0.1, 0.1, 1e-12);

    private static Map<String, Head> glue() {
        Map<String, Head> heads = new LinkedHashMap<>();
        GlueTasks.eight().forEach(task -> heads.put(task.name(), task.head()));
        return heads;
    }

    @Test
    void palsOf204ForEightTasks() {
        ParameterCounts counts = ParameterCounts.of(BERT_BASE, new Pal(204, 6), glue());
        assertThat(counts).isEqualTo(new ParameterCounts(109_482_240, 14_558_688, 12_304));
        assertThat(counts.total()).isEqualTo(124_053_232);
        assertThat(counts.ratio()).isCloseTo(1.1330900061964388, within(1e-15));
    }

    @Test
    void aFullySharedEncoderAddsHeadsOnly() {
        ParameterCounts counts = ParameterCounts.of(BERT_BASE, new Shared(), glue());
        assertThat(counts).isEqualTo(new ParameterCounts(109_482_240, 0, 12_304));
    }

    @Test
    void eachTaskHasPalsOfItsOwn() {
        ParameterCounts counts = ParameterCounts.of(BERT_BASE, new Pal(204, 6), Map.of("rte", new Head.Sequence(2)));
        assertThat(counts).isEqualTo(new ParameterCounts(109_482_240, 1_819_836, 2 * 769));
    }

    @Test
    void everyParameterHasANameOfItsOwn() {
        Adapter pal = new Pal(204, 6);
        List<String> names = MultiTaskModel.parameters(BERT_BASE, pal, glue()).stream()
                .map(Declaration::name)
                .toList();
        assertThat(names).doesNotHaveDuplicates().hasSize(199 + 8 * (4 + 12 * 6) + 8 * 2);
    }
}
