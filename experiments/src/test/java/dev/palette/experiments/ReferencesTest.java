package dev.palette.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palette.table.ReferenceFile;
import dev.palette.table.ReferenceTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published results that ship. */
class ReferencesTest {
    private final ReferenceTable paper = ReferenceFile.read(Path.of("references/stickland-murray-2019.csv"));

    @Test
    void whatWasTranscribedAndNotComparedWithItsSourceIsSaidToBeUnverified() {
        assertThat(paper.name()).isEqualTo("sticklandMurray.glueTest");
        assertThat(paper.values()).hasSize(4 * 13).noneMatch(ReferenceTable.Value::verified);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shared", "Top projected attention", "PALs 204"})
    void thePublicationsOwnAveragesAreThoseOfItsColumns(String model) {
        List<ReferenceTable.Value> values = paper.values().stream()
                .filter(value -> value.model().equals(model))
                .toList();
        double columns = values.stream()
                .filter(value -> !value.task().equals("average"))
                .filter(value -> !value.metric().equals("spearman"))
                .filter(value -> !value.metric().equals("accuracy")
                        || !List.of("qqp", "mrpc").contains(value.task()))
                .mapToDouble(ReferenceTable.Value::value)
                .average()
                .orElseThrow();

        assertThat(values.get(values.size() - 1).value()).isCloseTo(columns, within(0.0006));
    }
}
