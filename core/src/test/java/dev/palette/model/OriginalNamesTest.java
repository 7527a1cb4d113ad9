package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Separate;
import dev.palette.adapter.Shared;
import dev.palette.adapter.TopLayer;
import dev.palette.model.OriginalNames.Model;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.GlueTasks;
import dev.palette.task.Head;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original calls our parameters. */
class OriginalNamesTest {
    private static final BertConfig BERT_BASE = new BertConfig(30_522, 768, 12, 12, 3_072, 512, 2, 0.1, 0.1, 1e-12);

    private static Map<String, Head> glue() {
        Map<String, Head> heads = new LinkedHashMap<>();
        GlueTasks.eight().forEach(task -> heads.put(task.name(), task.head()));
        return heads;
    }

    private static List<Declaration> declared(Adapter adapter) {
        return MultiTaskModel.parameters(BERT_BASE, adapter, glue());
    }

    private static OriginalNames names(Adapter adapter) {
        return new OriginalNames(declared(adapter), List.copyOf(glue().keySet()), Model.MULTI_TASK);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.palette.model.ParameterCountsTest#architectures")
    void everyArchitectureHasTheOriginalsNamesAndShapes(String variant, Adapter adapter) throws IOException {
        JsonNode expected = Golden.read("param_counts.json").get(variant);
        OriginalNames names = names(adapter);
        Map<String, List<Integer>> ofFirstTask = new LinkedHashMap<>();
        long values = 0;
        for (Declaration declaration : declared(adapter)) {
            List<String> originals = names.originals(declaration.name());
            values += declaration.size() * originals.size();
            if ("cola".equals(declaration.task()) && !declaration.name().startsWith("head.")) {
                ofFirstTask.put(originals.get(0), declaration.shape());
            }
        }

        assertThat(declared(adapter)).hasSize(expected.get("param_tensors").asInt());
        assertThat(names.all()).hasSize(expected.get("state_dict_keys").asInt());
        assertThat(values).isEqualTo(expected.get("state_dict_values").asLong());
        Map<String, List<Integer>> expectedOfFirstTask = new LinkedHashMap<>();
        for (JsonNode entry : expected.get("adapter_param_names_task0")) {
            List<Integer> shape = new ArrayList<>();
            entry.get(1).forEach(size -> shape.add(size.asInt()));
            expectedOfFirstTask.put(entry.get(0).asText(), shape);
        }
        assertThat(ofFirstTask).containsAllEntriesOf(expectedOfFirstTask); // the file lists the first forty
    }

    @Test
    void aTiedProjectionHasANameInEveryLayerAndOneInTheEncoder() {
        OriginalNames names = names(Pal.of(pal -> pal.layers(10, 11)));
        assertThat(names.originals("adapter.pal.mrpc.up.bias"))
                .containsExactly(
                        "bert.encoder.layer.10.multi_layers.1.aug_dense2.bias",
                        "bert.encoder.layer.11.multi_layers.1.aug_dense2.bias",
                        "bert.encoder.mult_aug_dense2.1.bias");
        assertThat(names.ours("bert.encoder.mult_aug_dense2.1.bias")).contains("adapter.pal.mrpc.up.bias");
        assertThat(names.ours("bert.encoder.layer.11.multi_layers.1.aug_dense2.bias"))
                .contains("adapter.pal.mrpc.up.bias");
        assertThat(names.ours("bert.encoder.layer.9.multi_layers.1.aug_dense2.bias"))
                .isEmpty();
    }

    @Test
    void anUntiedProjectionHasTheOneOfItsLayer() {
        assertThat(names(Pal.of(pal -> pal.tied(false))).originals("adapter.pal.cola.layer.3.down.weight"))
                .containsExactly("bert.encoder.layer.3.multi_layers.0.aug_dense.weight");
    }

    @Test
    void layerNormsHaveGammaAndBeta() {
        OriginalNames names = names(new TopLayer());
        assertThat(names.originals("bert.embeddings.LayerNorm.weight"))
                .containsExactly("bert.embeddings.LayerNorm.gamma");
        assertThat(names.originals("adapter.topLayer.qnli.output.LayerNorm.bias"))
                .containsExactly("bert.encoder.multi_layers.7.output.LayerNorm.beta");
        assertThat(names.ours("bert.encoder.layer.4.attention.output.LayerNorm.beta"))
                .contains("bert.encoder.layer.4.attention.output.LayerNorm.bias");
    }

    @Test
    void headsAreCalledAsTheModelCallsThem() {
        List<Declaration> one = MultiTaskModel.parameters(BERT_BASE, new Shared(), Map.of("squad", new Head.Token(2)));
        assertThat(names(new Shared()).originals("head.sts.weight")).containsExactly("classifier.4.weight");
        assertThat(new OriginalNames(one, List.of("squad"), Model.QUESTION_ANSWERING).originals("head.squad.bias"))
                .containsExactly("qa_outputs.bias");
        assertThat(new OriginalNames(one, List.of("squad"), Model.CLASSIFICATION).originals("head.squad.bias"))
                .containsExactly("classifier.bias");
    }

    @Test
    void whatTheOriginalLacksKeepsItsName() {
        assertThat(names(new Separate()).originals("separate.cola.bert.pooler.dense.bias"))
                .containsExactly("separate.cola.bert.pooler.dense.bias");
    }
}
