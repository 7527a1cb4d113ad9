package dev.palette.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.pretrained.EncoderSource;
import dev.palette.spec.OptionException;
import dev.palette.spec.PaletteException;
import dev.palette.testing.HubPublisher;
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

/** A branch of the hub moves on; an experiment does not. */
class EncoderPinsTest {
    private static final String FIRST = "0123456789abcdef0123456789abcdef01234567";
    private static final String SECOND = "89abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private HubPublisher publisher;
    private Path runs;

    @BeforeEach
    void publish() throws IOException {
        publisher = new HubPublisher("org/tiny");
        publisher.publish(FIRST, Map.of("config.json", new byte[2]));
        environment.put("HF_HOME", folder.resolve("hugging").toString());
        environment.put("HF_ENDPOINT", publisher.endpoint().toString());
        runs = folder.resolve("runs/pals");
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    private Experiment experiment(Space<EncoderSource> encoders) {
        Settings settings = Settings.load(
                new Settings.Sources(null, List.of("out=" + folder.resolve("runs")), environment, folder, folder));
        return Experiment.of("pals", settings, e -> {
            Examples.describe(e);
            e.encoder(encoders);
        });
    }

    private Experiment experiment() {
        return experiment(Space.of(EncoderSource.hub("org/tiny")));
    }

    /** The branch moves, and another program fetches it. */
    private void moveOn() throws IOException {
        publisher.publish(SECOND, Map.of("config.json", new byte[3]));
        Path ref = folder.resolve("hugging/hub/models--org--tiny/refs/main");
        Files.createDirectories(ref.getParent());
        Files.writeString(ref, SECOND);
    }

    @Test
    void aTrialNamesTheCommitThatTheBranchStoodFor() {
        assertThat(experiment().trials()).extracting(Trial::encoder).containsOnly(EncoderSource.hub("org/tiny", FIRST));
        assertThat(experiment().pins().commits()).containsExactly(Map.entry("org/tiny@main", FIRST));
        assertThat(experiment().trials().get(0).json())
                .contains("\"encoder\":{\"model\":\"org/tiny\",\"revision\":\"" + FIRST + "\",\"word\":\"hub\"}");
    }

    @Test
    void anExperimentStaysAtTheCommitWithWhichItWasBegun() throws IOException {
        Experiment begun = experiment();
        begun.pins().note(runs);

        moveOn();

        assertThat(experiment().trials()).isEqualTo(begun.trials());
        assertThat(runs.resolve("hub.json"))
                .content()
                .isEqualToIgnoringWhitespace("{\"org/tiny@main\": \"" + FIRST + "\"}");
        publisher.close();
        assertThat(experiment().trials()).isEqualTo(begun.trials());
    }

    @Test
    void oneThatWasNotBegunFollowsTheBranch() throws IOException {
        experiment();
        moveOn();

        assertThat(experiment().encoder()).isEqualTo(EncoderSource.hub("org/tiny", SECOND));
    }

    @Test
    void aCommitThatIsNamedIsTaken() throws IOException {
        experiment().pins().note(runs);

        Experiment named = experiment(Space.of(EncoderSource.hub("org/tiny", SECOND)));

        assertThat(named.encoder()).isEqualTo(EncoderSource.hub("org/tiny", SECOND));
        assertThat(named.pins().commits()).isEmpty();
    }

    @Test
    void everyEncoderOfASweepIsPinned() {
        publisher.publish(SECOND, Map.of("config.json", new byte[3]));
        publisher.refs.put("v1.0", FIRST);

        Experiment both =
                experiment(Axis.choice(List.of(EncoderSource.hub("org/tiny"), EncoderSource.hub("org/tiny", "v1.0"))));

        assertThat(both.variants())
                .extracting(Variant::encoder)
                .contains(EncoderSource.hub("org/tiny", FIRST), EncoderSource.hub("org/tiny", SECOND))
                .hasSize(4);
    }

    @Test
    void runsOfAnotherCommitAreNotContinued() throws IOException {
        experiment().pins().note(runs);
        moveOn();
        Files.move(runs, runs.resolveSibling("elsewhere"));

        assertThatThrownBy(() -> experiment().pins().note(runs.resolveSibling("elsewhere")))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("were begun with org/tiny@main at commit " + FIRST)
                .hasMessageEndingWith(SECOND + "; name the commit that you want as revision");
    }

    @Test
    void aDamagedNoteIsNotTakenForNone() throws IOException {
        Files.createDirectories(runs);
        for (String note : List.of("{", "[]", "{\"org/tiny@main\": \"main\"}")) {
            Files.writeString(runs.resolve("hub.json"), note);

            assertThatThrownBy(this::experiment)
                    .isInstanceOf(PaletteException.class)
                    .hasMessageStartingWith(runs.resolve("hub.json") + " is no note of commits: ");
        }
    }

    @Test
    void aModelThatCannotBeToldIsAMistakeOfTheOption() {
        publisher.close();

        assertThatThrownBy(this::experiment)
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("cannot fetch org/tiny at main");
    }

    @Test
    void aTrialOfABranchIsNone() {
        Variant variant = experiment().variants().get(0);

        assertThatThrownBy(() -> new Variant(
                                EncoderSource.hub("org/tiny"),
                                0,
                                variant.tasks(),
                                variant.adapter(),
                                variant.sampling(),
                                variant.training())
                        .trial(1))
                .isInstanceOf(PaletteException.class)
                .hasMessage("encoder is org/tiny at main, expected the whole commit, which alone is always the same");
    }
}
