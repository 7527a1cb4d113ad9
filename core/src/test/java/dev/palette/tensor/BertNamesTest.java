package dev.palette.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BertNamesTest {
    @ParameterizedTest
    @CsvSource({
        "module/bert/embeddings/word_embeddings, bert.embeddings.word_embeddings.weight",
        "bert/embeddings/token_type_embeddings, bert.embeddings.token_type_embeddings.weight",
        "module/bert/embeddings/LayerNorm/gamma, bert.embeddings.LayerNorm.weight",
        "module/bert/encoder/layer_0/attention/self/query/kernel, bert.encoder.layer.0.attention.self.query.weight",
        "bert/encoder/layer_11/attention/output/LayerNorm/beta, bert.encoder.layer.11.attention.output.LayerNorm.bias",
        "module/bert/encoder/layer_3/intermediate/dense/bias, bert.encoder.layer.3.intermediate.dense.bias",
        "bert/pooler/dense/kernel, bert.pooler.dense.weight",
        "module/cls/predictions/transform/dense/kernel, cls.predictions.transform.dense.weight",
        "module/cls/predictions/transform/LayerNorm/gamma, cls.predictions.transform.LayerNorm.weight",
        "module/cls/predictions/output_bias, cls.predictions.bias",
        "cls/seq_relationship/output_weights, cls.seq_relationship.weight",
        "cls/squad/output_bias, qa_outputs.bias",
        "output_weights, classifier.weight",
    })
    void googlesNamesBecomeHuggingFaces(String google, String ours) {
        assertThat(BertNames.fromTensorFlow(google)).contains(ours);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "global_step",
                "bert/encoder/layer_0/attention/self/query/kernel/adam_m",
                "bert/embeddings/other",
                "x/bias"
            })
    void whatIsNoWeightOfBertHasNoName(String variable) {
        assertThat(BertNames.fromTensorFlow(variable)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bert.encoder.layer.0.output.LayerNorm.gamma, bert.encoder.layer.0.output.LayerNorm.weight",
        "bert.encoder.layer.0.output.LayerNorm.beta, bert.encoder.layer.0.output.LayerNorm.bias",
        "bert.pooler.dense.weight, bert.pooler.dense.weight",
        "pooler.dense.weight, bert.pooler.dense.weight",
        "module.bert.embeddings.LayerNorm.gamma, bert.embeddings.LayerNorm.weight",
        "cls.predictions.transform.LayerNorm.beta, cls.predictions.transform.LayerNorm.bias",
        "bert.encoder.multi_layers.0.output.LayerNorm.gamma, bert.encoder.multi_layers.0.output.LayerNorm.gamma",
        "classifier.weight, classifier.weight",
    })
    void theFirstTranslationsNamesBecomeHuggingFaces(String original, String ours) {
        assertThat(BertNames.fromPyTorch(original)).isEqualTo(ours);
    }

    @Test
    void aKernelIsTransposedAndNothingElseIs() {
        float[] values = {1, 2, 3, 4, 5, 6};
        TensorData kernel = TensorData.ofFloats("bert/pooler/dense/kernel", values, 2, 3);
        TensorData embedding = TensorData.ofFloats("bert/embeddings/word_embeddings", values, 2, 3);

        assertThat(BertNames.dataFromTensorFlow(kernel, "w"))
                .isEqualTo(TensorData.ofFloats("w", new float[] {1, 4, 2, 5, 3, 6}, 3, 2));
        assertThat(BertNames.dataFromTensorFlow(embedding, "e")).isEqualTo(TensorData.ofFloats("e", values, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert.encoder.layer.11.attention.output.LayerNorm.gamma",
                "bert.embeddings.LayerNorm.beta",
                "bert.encoder.layer.0.output.dense.bias",
                "cls.predictions.transform.LayerNorm.gamma",
                "bert.encoder.layer.0.multi_layers.1.aug_dense.weight"
            })
    void theOriginalsNamesComeBack(String original) {
        assertThat(BertNames.toOriginal(BertNames.fromPyTorch(original))).isEqualTo(original);
    }
}
