package dev.palette.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportSettingsTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void nothingIsExportedByDefault() {
        assertThat(exports()).isEmpty();
    }

    @Test
    void aWordSwitchesItsExportOnWithItsDefaults() {
        assertThat(exports("export.csv=true", "export.tensorboard=true", "export.mlflow=true"))
                .containsExactly(new Csv(null), new Mlflow("http://127.0.0.1:5000", true), new Tensorboard(null));
    }

    @Test
    void anOptionSwitchesItOnToo() {
        assertThat(exports("export.mlflow.uri=https://mlflow.example/tracking", "export.mlflow.artifacts=false"))
                .containsExactly(new Mlflow("https://mlflow.example/tracking", false));
    }

    @Test
    void falseSwitchesOffWhatALayerBelowSwitchedOn() throws IOException {
        Files.writeString(folder.resolve("palette.properties"), "export.csv.dir = csv\nexport.tensorboard = true\n");
        assertThat(exports("export.tensorboard=false")).containsExactly(new Csv(folder.resolve("csv")));
        assertThat(exports("export.tensorboard=false", "export.csv=false")).isEmpty();
    }

    @Test
    void theEnvironmentMayNameThem() {
        environment.put("PALETTE_EXPORT_TENSORBOARD", "true");
        environment.put("PALETTE_EXPORT_MLFLOW_URI", "http://127.0.0.1:5001");
        assertThat(exports()).containsExactly(new Mlflow("http://127.0.0.1:5001", true), new Tensorboard(null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            export.mflow=true          | --set: unknown setting 'export.mflow'; did you mean 'export.mlflow'? Known: export.csv, export.csv.dir, export.mlflow, export.mlflow.artifacts, export.mlflow.uri, export.tensorboard, export.tensorboard.dir.
            export.csv.uri=x           | --set: unknown setting 'export.csv.uri'; did you mean 'export.csv.dir'?
            export.csv=yes             | --set: export.csv = yes: expected true or false
            export.mlflow.uri=here     | --set: export.mlflow.uri = here: uri is here, expected an address such as
            export.mlflow.artifacts=no | --set: export.mlflow.artifacts = no: expected true or false
            """)
    void aWrongSettingIsNamed(String assignment, String message) {
        assertThatThrownBy(() -> exports(assignment))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(message);
    }

    private List<Export> exports(String... assignments) {
        Settings settings = Settings.load(new Settings.Sources(
                folder.resolve("a.groovy"), List.of(assignments), environment, folder.resolve("home"), folder));
        return settings.switchedOn(Export.FAMILY, Vocabulary.installed());
    }
}
