package dev.palette.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Architecture;
import dev.palette.model.ParameterCounts;
import dev.palette.task.GlueTasks;
import dev.palette.task.Head;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration files that ship read to the models that the original makes of its own, by their sizes with eight tasks. */
class ConfigsTest {
    @ParameterizedTest
    @CsvSource({
        "pals, PALs(204), 124053232",
        "low_rank, low rank(100), 124323472",
        "houlsby, Houlsby(50), 124397200",
        "houlsby_plus_pals, 'Houlsby(50, PALs(156))', 125923888",
        "houlsby_plus_plas, 'Houlsby(50, PALs(156))', 125923888",
        "top_attn, top attention(204), 120058096",
        "top_bert_layer, top BERT layer, 166197520",
    })
    void everyFileHasTheOriginalsSize(String name, String label, long parameters) {
        Architecture architecture = Architecture.read(Path.of("configs", name + "_config.json"));
        Map<String, Head> heads = new LinkedHashMap<>();
        GlueTasks.eight().forEach(task -> heads.put(task.name(), task.head()));

        assertThat(architecture.adapter().label()).isEqualTo(label);
        assertThat(ParameterCounts.of(architecture.encoder(), architecture.adapter(), heads)
                        .total())
                .isEqualTo(parameters);
    }
}
