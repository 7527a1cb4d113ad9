package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.kernel.Kernel;
import dev.palette.train.LossReader.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LossReaderTest {
    private final List<String> read = new ArrayList<>();
    private Kernel kernel;

    @BeforeEach
    void open() {
        kernel = TinyTraining.kernel();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void onAProcessorEachIsReadAtOnce() {
        LossReader losses = new LossReader(false, this::note);
        add(losses, 0, 0.5f);
        assertThat(read).containsExactly("0 0.5");
        add(losses, 1, 0.25f);
        assertThat(read).containsExactly("0 0.5", "1 0.25");
    }

    @Test
    void onAGpuTenAreReadTogetherInOrder() {
        LossReader losses = new LossReader(true, this::note);
        for (int step = 0; step < 9; step++) {
            add(losses, step, step);
        }
        assertThat(read).isEmpty();
        add(losses, 9, 9);
        assertThat(read).hasSize(10).startsWith("0 0.0", "1 1.0").endsWith("9 9.0");
    }

    @Test
    void beforeACheckpointWhateverIsThereIsRead() {
        LossReader losses = new LossReader(true, this::note);
        add(losses, 0, 0.5f);
        losses.readAll();
        losses.readAll();
        assertThat(read).containsExactly("0 0.5");
    }

    @Test
    void afterADivergenceTheRestIsForgotten() {
        LossReader losses = new LossReader(true, (step, loss, seconds) -> {
            note(step, loss, seconds);
            throw new IllegalStateException("diverged");
        });
        add(losses, 0, Float.NaN);
        add(losses, 1, 0.5f);
        assertThatThrownBy(losses::readAll).hasMessage("diverged");
        losses.readAll();
        assertThat(read).containsExactly("0 NaN");
    }

    private void add(LossReader losses, int step, float loss) {
        losses.begin();
        losses.add(
                List.of(new Step(step, "cola", new int[] {step}, 7)),
                List.of(kernel.memory().create(loss)));
    }

    private void note(Step step, double loss, double seconds) {
        assertThat(seconds).isNotNegative();
        read.add(step.number() + " " + loss);
    }
}
