package dev.palette.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.hub.HubPlaces;
import dev.palette.remote.DownloadProgress;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.ShardedSafetensors;
import dev.palette.tensor.TensorData;
import dev.palette.tensor.TensorFile;
import dev.palette.testing.HubPublisher;
import dev.palette.testing.TinyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders from a hub on this machine. */
class HubEncoderTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path temporary;

    private final Map<String, String> environment = new HashMap<>();
    private HubPublisher publisher;
    private Path encoder;

    @BeforeEach
    void publish() throws IOException {
        publisher = new HubPublisher("org/tiny");
        encoder = TinyEncoder.write(temporary.resolve("encoder"));
        Files.writeString(encoder.resolve("README.md"), "A tiny encoder.");
        Files.write(encoder.resolve("tf_model.h5"), new byte[HubPublisher.LARGE]);
        Files.write(encoder.resolve("pytorch_model.bin"), new byte[HubPublisher.LARGE + 1]);
        publisher.publish(COMMIT, encoder);
        environment.put("HF_HOME", temporary.resolve("hugging").toString());
        environment.put("HF_ENDPOINT", publisher.endpoint().toString());
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    private EncoderStore store() {
        HubPlaces places = HubPlaces.of(environment, temporary);
        return new EncoderStore(temporary.resolve("cache"), places, DownloadProgress.SILENT);
    }

    private Path snapshot() {
        return temporary.resolve("hugging/hub/models--org--tiny/snapshots").resolve(COMMIT);
    }

    @Test
    void anEncoderIsFetchedOnceAndNothingElse() {
        EncoderFiles files = store().resolve(EncoderSource.hub("org/tiny"));

        assertThat(files)
                .isEqualTo(
                        store().resolve(new EncoderSource.Directory(snapshot().toString())));
        assertThat(files.fingerprint())
                .isEqualTo(store().resolve(new EncoderSource.Directory(encoder.toString()))
                        .fingerprint());
        assertThat(snapshot().toFile().list())
                .containsExactlyInAnyOrder("config.json", "vocab.txt", "model.safetensors");

        publisher.close();
        assertThat(store().resolve(EncoderSource.hub("org/tiny", COMMIT))).isEqualTo(files);
        assertThat(store().resolve(EncoderSource.hub("org/tiny", "0123456"))).isEqualTo(files);
    }

    @Test
    void whatAnotherProgramFetchedInPartIsCompleted() throws IOException {
        Files.createDirectories(snapshot());
        Files.copy(encoder.resolve("config.json"), snapshot().resolve("config.json"));
        Files.copy(encoder.resolve("model.safetensors"), snapshot().resolve("model.safetensors"));

        store().resolve(EncoderSource.hub("org/tiny", COMMIT));

        assertThat(publisher.requests)
                .filteredOn(request -> request.startsWith("GET hub/org"))
                .containsExactly("GET hub/org/tiny/resolve/" + COMMIT + "/vocab.txt");
    }

    @Test
    void weightsInSeveralFilesAreOneEncoder() throws IOException {
        EncoderFiles whole = store().resolve(EncoderSource.hub("org/tiny"));
        List<TensorData> tensors = TinyEncoder.tensors();
        Files.delete(encoder.resolve("model.safetensors"));
        shard("model-00001-of-00002.safetensors", tensors.subList(0, 7));
        shard("model-00002-of-00002.safetensors", tensors.subList(7, tensors.size()));
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < tensors.size(); i++) {
            places.append(i == 0 ? "" : ", ")
                    .append("\"%s\": \"model-0000%d-of-00002.safetensors\""
                            .formatted(tensors.get(i).name(), i < 7 ? 1 : 2));
        }
        Path index = encoder.resolve(ShardedSafetensors.INDEX);
        Files.writeString(index, "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {" + places + "}}");
        publisher.publish(COMMIT.replace('0', 'f'), encoder);

        EncoderFiles sharded = store().resolve(EncoderSource.hub("org/tiny", COMMIT.replace('0', 'f')));

        assertThat(sharded.config()).isEqualTo(whole.config());
        try (SafetensorsFile one = SafetensorsFile.open(whole.weights());
                SafetensorsFile other = SafetensorsFile.open(sharded.weights())) {
            for (TensorData tensor : tensors) {
                assertThat(other.tensor(tensor.name()).toFloats())
                        .isEqualTo(one.tensor(tensor.name()).toFloats());
            }
        }
        assertThat(store().resolve(new EncoderSource.Directory(encoder.toString())))
                .isEqualTo(sharded);

        Files.writeString(index, "{\"weight_map\": {\"x\": \"../../secret.safetensors\"}}");
        assertThatThrownBy(() -> TensorFile.open(index))
                .isInstanceOf(PaletteException.class)
                .hasMessageEndingWith(
                        "is no index of safetensors files: '../../secret.safetensors' is no safetensors file beside it; fetch it again");
        Files.writeString(index, "{\"weight_map\": {\"x\": \"model-00001-of-00002.safetensors\"}}");
        assertThatThrownBy(() -> TensorFile.open(index))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("has the tensor 'x', which it has not; fetch both again");
    }

    private void shard(String name, List<TensorData> tensors) {
        SafetensorsWriter.write(encoder.resolve(name), tensors, Map.of("format", "pt"));
    }

    @Test
    void aModelThatIsNoEncoderIsRefusedBeforeAnythingIsFetched() {
        publisher.publish(
                COMMIT, Map.of("config.json", new byte[2], "vocab.txt", new byte[2], "tf_model.h5", new byte[9]));

        assertThatThrownBy(() -> store().resolve(EncoderSource.hub("org/tiny", COMMIT)))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "org/tiny at " + COMMIT
                                + " has no weights that are read here (model.safetensors, model.safetensors.index.json, pytorch_model.bin); choose another model or revision");
        assertThat(publisher.requests).noneMatch(request -> request.contains("resolve"));
    }

    @Test
    void aCommandLineNamesASourceAsItsTextDoes() {
        assertThat(EncoderSource.of("hub:org/tiny")).isEqualTo(EncoderSource.hub("org/tiny", "main"));
        assertThat(EncoderSource.of("hub:org/tiny@v1.0")).isEqualTo(EncoderSource.hub("org/tiny", "v1.0"));
        assertThat(EncoderSource.of("bertBase.uncased")).isEqualTo(new EncoderSource.Released("bertBase.uncased"));
        assertThat(EncoderSource.of("models/tiny")).isEqualTo(new EncoderSource.Directory("models/tiny"));
        for (EncoderSource source : List.of(EncoderSource.hub("org/tiny", COMMIT), EncoderSource.hub("gpt2"))) {
            assertThat(EncoderSource.of(source.text())).isEqualTo(source);
        }
    }
}
