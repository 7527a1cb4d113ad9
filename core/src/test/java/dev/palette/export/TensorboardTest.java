package dev.palette.export;

import static dev.palette.export.EventReader.message;
import static dev.palette.export.EventReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.palette.experiment.Examples;
import dev.palette.experiment.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorboardTest {
    private static final String START = "_hparams_/session_start_info";

    @TempDir
    private Path out;

    @Test
    void everyPointIsAValueOfACurveAtItsStepAndTime() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 2).evaluation(2, 0.25).finish();
        double started = EventFile.seconds(run.exported().started());

        assertThat(EventReader.scalars(export(run)))
                .contains(
                        new EventReader.Scalar(started + 0.5, 1, "train/cola.loss", 0.01f),
                        new EventReader.Scalar(started + 1, 2, "train/cola.loss", 0.02f),
                        new EventReader.Scalar(started + 1, 2, "selection/cola.matthews", 0.25f),
                        new EventReader.Scalar(started + 1, 2, "selection/average.glue", 0.25f),
                        new EventReader.Scalar(started + 20, 40, "dev/cola.matthews", 0.5f))
                .hasSize(2 * 3 + 4 + 4 + 3);
    }

    @Test
    void theFileBeginsWithItsVersionAndANewSession() throws IOException {
        List<UnknownFieldSet> events = EventReader.events(export(LoggedRun.begin(out)));

        assertThat(text(events.get(0), 3)).isEqualTo("brain.Event:2");
        assertThat(message(events.get(1), 7).getField(1).getVarintList()).containsExactly(1L); // SessionLog.START
    }

    @Test
    void theSettingsAreHyperparametersAndSeedsOneGroup() throws IOException {
        List<Trial> trials = Examples.experiment().trials();
        Trial pal = trials.stream()
                .filter(trial -> trial.adapter().word().equals("pal") && trial.seed() == 1)
                .findFirst()
                .orElseThrow();
        Trial otherSeed = trials.stream()
                .filter(trial -> trial.adapter().equals(pal.adapter()) && trial.seed() == 2)
                .findFirst()
                .orElseThrow();

        UnknownFieldSet start = session(LoggedRun.begin(out, pal), START, 3);

        assertThat(hyperparameters(start))
                .containsEntry("adapter", "pal")
                .containsEntry("adapter.size", 12.0)
                .containsEntry("tasks", "cola, mrpc")
                .containsEntry("training.steps", 50.0)
                .containsEntry("training.recompute", false)
                .doesNotContainKey("seed");
        assertThat(text(session(LoggedRun.begin(out, otherSeed), START, 3), 4)).isEqualTo(text(start, 4));
        assertThat(text(session(LoggedRun.begin(out, trials.get(0)), START, 3), 4))
                .isNotEqualTo(text(start, 4));
    }

    @Test
    void aFinishedRunSaysThatItSucceeded() throws IOException {
        UnknownFieldSet end = session(LoggedRun.begin(out).finish(), "_hparams_/session_end_info", 4);
        assertThat(end.getField(1).getVarintList()).containsExactly(1L);
    }

    @Test
    void aRunThatIsBegunAnewHasOneFileOfALaterName() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 5);
        Path first = export(run);
        run.goBackTo(2).steps(3, 3);
        Path second = export(run);

        assertThat(second.getFileName().toString())
                .isGreaterThan(first.getFileName().toString());
        assertThat(EventReader.scalars(second))
                .filteredOn(scalar -> scalar.tag().equals("train/cola.loss"))
                .extracting(EventReader.Scalar::step)
                .containsExactly(1L, 2L, 3L);
    }

    /** The run's only file. */
    private Path export(LoggedRun run) throws IOException {
        new CatchUp(new Tensorboard(null)).export(List.of(run.folder()), folder -> {});
        try (Stream<Path> files = Files.list(
                out.resolve("pals/tensorboard").resolve(run.exported().fileName()))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private UnknownFieldSet session(LoggedRun run, String tag, int field) throws IOException {
        return message(EventReader.pluginData(export(run), tag, "hparams"), field);
    }

    private static Map<String, Object> hyperparameters(UnknownFieldSet start) throws IOException {
        Map<String, Object> values = new TreeMap<>();
        for (ByteString entry : start.getField(1).getLengthDelimitedList()) {
            UnknownFieldSet pair = UnknownFieldSet.parseFrom(entry);
            UnknownFieldSet value = message(pair, 2);
            Object plain = value.hasField(3)
                    ? text(value, 3)
                    : value.hasField(4)
                            ? value.getField(4).getVarintList().get(0) == 1
                            : Double.longBitsToDouble(
                                    value.getField(2).getFixed64List().get(0));
            values.put(text(pair, 1), plain);
        }
        return values;
    }
}
