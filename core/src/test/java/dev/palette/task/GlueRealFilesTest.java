package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.RealData;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file of the real data sets is read to its last row. MNLI, QNLI and QQP are subsets where the sizes say so. */
class GlueRealFilesTest {
    @ParameterizedTest
    @CsvSource({
        "COLA, TRAIN, 8551",
        "COLA, DEV, 1043",
        "COLA, TEST, 1063",
        "SST, TRAIN, 67349",
        "SST, DEV, 872",
        "SST, TEST, 1821",
        "MRPC, TRAIN, 3668",
        "MRPC, DEV, 408",
        "MRPC, TEST, 1725",
        "STS, TRAIN, 5749",
        "STS, DEV, 1500",
        "STS, TEST, 1379",
        "RTE, TRAIN, 2490",
        "RTE, DEV, 277",
        "RTE, TEST, 3000",
        "WNLI, TRAIN, 635",
        "WNLI, DEV, 71",
        "WNLI, TEST, 146",
        "QNLI, TRAIN, 2000",
        "QNLI, DEV, 5463",
        "QNLI, TEST, 5463",
        "MNLI, TRAIN, 44066",
        "MNLI, DEV, 9815",
        "MNLI, DEV_MISMATCHED, 1000",
        "QQP, TRAIN, 21726",
        "QQP, DEV, 7600",
        "AX, TEST, 1104",
    })
    void everyRowIsRead(GlueLayout layout, Split split, int size) {
        Path glue = RealData.glue();
        LabelledTexts examples = new GlueTask.Options(layout).build().read(split, glue);
        assertThat(examples.size()).isEqualTo(size);
        assertThat(examples.remarks()).isEmpty();
        assertThat(examples.list())
                .allSatisfy(example -> assertThat(example.textA()).isNotBlank());
    }
}
