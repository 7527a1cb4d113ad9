package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.TensorData;
import dev.palette.testing.SmallDisk;
import dev.palette.train.CheckpointFolder.Checkpoint;
import dev.palette.train.TrainingState.Best;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints on a disk that becomes full. */
class FullDiskCheckpointsTest {
    private static final int VALUES = 50_000; // 200 kB of weights, as much of moments

    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();

    @Test
    void theCheckpointsBeforeStayAndTheNextIsWrittenWhenThereIsRoomAgain() {
        try (SmallDisk disk = SmallDisk.mount(folder, 1_000)) {
            CheckpointStore store = new CheckpointStore(disk.folder().resolve("checkpoints"), messages::add);
            save(store, 1);
            save(store, 2);

            assertThatThrownBy(() -> save(store, 3))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("safetensors: no space is left on the disk of ");
            assertThat(store.steps()).containsExactly(2L, 1L);

            CheckpointStore later = new CheckpointStore(disk.folder().resolve("checkpoints"), messages::add);
            try (Checkpoint latest = later.latest().orElseThrow()) {
                assertThat(latest.state().step()).isEqualTo(2);
            }
            disk.resize(2_000);
            save(later, 3);
            assertThat(later.steps()).containsExactly(3L, 2L);
            assertThat(messages).isEmpty();
        }
    }

    private static void save(CheckpointStore store, int step) {
        TrainingState state = new TrainingState(
                step,
                Map.of(),
                Map.of(),
                Best.NONE,
                0,
                1,
                0,
                TrainingState.NOWHERE,
                List.of(),
                Map.of(),
                List.of(),
                Map.of());
        store.save(
                state,
                List.of(TensorData.ofFloats("w", new float[VALUES], VALUES)),
                List.of(TensorData.ofFloats("mean.w", new float[VALUES], VALUES)));
    }
}
