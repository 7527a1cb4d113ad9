package dev.palette.task.squad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.RealData;
import dev.palette.task.Examples;
import dev.palette.task.Split;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both files are read to their last question; the training questions are a subset of SQuAD's. */
class SquadRealFilesTest {
    @ParameterizedTest
    @CsvSource({"TRAIN, 15003", "DEV, 10570"})
    void everyQuestionIsRead(Split split, int size) {
        Path squad = RealData.squad();
        Examples questions = Squad.of(o -> {}).read(split, squad);
        assertThat(questions.size()).isEqualTo(size);
        assertThat(questions.remarks()).isEmpty();
    }
}
