package dev.palette.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.result.MetricPoint;
import dev.palette.result.MetricsFile.Position;
import dev.palette.result.RunResult;
import dev.palette.spec.Block;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * TensorBoard's event files: a folder for each run, with its curves and, for the page HPARAMS, its settings. Trials that differ in their
 * seeds alone are one group there.
 *
 * @param dir what {@code tensorboard --logdir} is given, in which each experiment has a folder; by default {@code tensorboard} beside an
 *     experiment's runs
 */
public record Tensorboard(@Nullable Path dir) implements Export {
    private static final String EVENTS = "events.out.tfevents.";
    private static final String PLUGIN = "hparams";
    private static final int SUCCESS = 1;

    @Override
    public String label() {
        return dir == null ? "TensorBoard's files" : "TensorBoard's files in " + dir;
    }

    @Override
    public Exporter exporter() {
        return TensorboardRun::new;
    }

    /** Options of {@code export.tensorboard}. */
    public static final class Options implements Block<Tensorboard> {
        private @Nullable Path dir;

        /** What {@code tensorboard --logdir} is given; by default {@code tensorboard} beside an experiment's runs. */
        public Options dir(Path value) {
            dir = value;
            return this;
        }

        @Override
        public Tensorboard build() {
            return new Tensorboard(dir);
        }
    }

    /**
     * One run's file. Whenever the run is begun there is a new one, of a later name, and the earlier one is removed: a TensorBoard that
     * runs meanwhile goes on to later names, and never looks again at what it has read.
     */
    private final class TensorboardRun implements RunExport {
        private final ExportedRun run;
        private final EventFile events;

        TensorboardRun(ExportedRun run) throws IOException {
            this.run = run;
            Path folder =
                    Files.createDirectories(ExportFolder.of(run, dir, word()).resolve(run.fileName()));
            int session = removeEarlier(folder) + 1;
            Instant started = run.started();
            this.events = new EventFile(
                    folder.resolve("%s%010d.palette.%06d".formatted(EVENTS, started.getEpochSecond(), session)),
                    started);
            events.pluginData(started, "_hparams_/session_start_info", PLUGIN, settings());
            events.flush();
        }

        /** The highest number of a session so far. */
        private static int removeEarlier(Path folder) throws IOException {
            int last = 0;
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, EVENTS + "*.palette.*")) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    last = Math.max(last, Integer.parseInt(name.substring(name.lastIndexOf('.') + 1)));
                    Files.delete(file);
                }
            } catch (NumberFormatException e) {
                throw new IOException("%s holds a file named like ours that is not; remove it".formatted(folder), e);
            }
            return last;
        }

        /** HParamsPluginData with SessionStartInfo (tensorboard/plugins/hparams/plugin_data.proto). */
        private ProtoMessage settings() throws IOException {
            TrialSettings settings = run.settings().withoutSeed();
            ProtoMessage start = new ProtoMessage();
            for (Map.Entry<String, JsonNode> setting : settings.byPath().entrySet()) {
                start.message(1, new ProtoMessage().text(1, setting.getKey()).message(2, value(setting.getValue())));
            }
            start.text(4, settings.variant()).real(5, EventFile.seconds(run.started()));
            return new ProtoMessage().integer(1, 0).message(3, start);
        }

        /** A google.protobuf.Value. */
        private static ProtoMessage value(JsonNode value) throws IOException {
            if (value.isBoolean()) {
                return new ProtoMessage().integer(4, value.booleanValue() ? 1 : 0);
            }
            return value.isNumber()
                    ? new ProtoMessage().real(2, value.doubleValue())
                    : new ProtoMessage().text(3, value.asText());
        }

        @Override
        public Position reached() {
            return Position.START;
        }

        @Override
        public void write(List<MetricPoint> points, Position reached) throws IOException {
            for (MetricPoint point : points) {
                events.scalar(run.time(point), point.step(), point.part() + "/" + point.name(), point.value());
            }
            events.flush();
        }

        @Override
        public void finish(RunResult result) throws IOException {
            write(FinalPoints.of(result), Position.START);
            Instant end = run.time(result.trainSeconds());
            ProtoMessage info = new ProtoMessage().integer(1, SUCCESS).real(2, EventFile.seconds(end));
            events.pluginData(
                    end,
                    "_hparams_/session_end_info",
                    PLUGIN,
                    new ProtoMessage().integer(1, 0).message(4, info));
        }

        @Override
        public void close() throws IOException {
            events.close();
        }
    }
}
