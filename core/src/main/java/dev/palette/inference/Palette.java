package dev.palette.inference;

import dev.palette.execution.LoadedModel;
import dev.palette.experiment.Vocabulary;
import dev.palette.pretrained.DownloadProgress;
import dev.palette.pretrained.EncoderStore;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a program begins that wants to use what Palette trained. */
public final class Palette {
    private static final Logger LOG = LoggerFactory.getLogger(Palette.class);

    private Palette() {}

    /**
     * The model of a finished run, with the words of all plug-ins on the class path and the usual cache folder.
     *
     * @param run its folder, {@code <out>/<experiment>/<trial>}
     * @throws PaletteException when the folder is no finished run, its weights are gone or damaged, or its encoder's vocabulary cannot
     *     be had
     */
    public static TrainedModel load(Path run) {
        return load(run, options -> {});
    }

    /** The same with options: {@code Palette.load(run, o -> o.cacheDir(folder))}. */
    public static TrainedModel load(Path run, Consumer<Options> options) {
        Options chosen = new Options();
        options.accept(chosen);
        EncoderStore encoders = new EncoderStore(chosen.cacheDir, DownloadProgress.SILENT);
        return new TrainedModel(LoadedModel.load(run, chosen.vocabulary(), encoders, LOG::warn));
    }

    /** Options of {@link #load}. */
    public static final class Options {
        private Path cacheDir = EncoderStore.defaultCache();
        private @Nullable Vocabulary vocabulary;

        private Options() {}

        /** The folder of downloaded and converted weights; {@code ~/.cache/palette} by default. */
        public Options cacheDir(Path folder) {
            cacheDir = folder;
            return this;
        }

        /** The words that the run's trial may use; those of all plug-ins on the class path by default. */
        public Options vocabulary(Vocabulary words) {
            vocabulary = words;
            return this;
        }

        private Vocabulary vocabulary() {
            return vocabulary == null ? Vocabulary.installed() : vocabulary;
        }
    }
}
