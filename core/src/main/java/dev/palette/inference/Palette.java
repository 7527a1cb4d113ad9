package dev.palette.inference;

import dev.palette.adapter.AdapterFile;
import dev.palette.execution.LoadedModel;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.remote.DownloadProgress;
import dev.palette.spec.PaletteException;
import java.nio.file.Files;
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
     * The model of a finished run, with the words of all plug-ins on the class path and the usual cache folder; or that of adapters
     * saved without their encoder.
     *
     * @param run the run's folder, {@code <out>/<experiment>/<trial>}, or the file that {@code palette adapters save} wrote
     * @throws PaletteException when the folder is no finished run, its weights are gone or damaged, its encoder's vocabulary cannot
     *     be had, or a file of adapters was made on another encoder
     */
    public static TrainedModel load(Path run) {
        return load(run, options -> {});
    }

    /** The same with options: {@code Palette.load(run, o -> o.cacheDir(folder))}. */
    public static TrainedModel load(Path run, Consumer<Options> options) {
        Options chosen = new Options();
        options.accept(chosen);
        EncoderStore encoders = new EncoderStore(chosen.cacheDir, DownloadProgress.SILENT);
        if (!Files.isRegularFile(run)) {
            return new TrainedModel(LoadedModel.load(run, chosen.vocabulary(), encoders, LOG::warn));
        }
        try (AdapterFile adapters = AdapterFile.open(run)) {
            return new TrainedModel(
                    LoadedModel.of(adapters, chosen.vocabulary(), encoders, chosen.encoder, Options.kernel()));
        }
    }

    /** Options of {@link #load}. */
    public static final class Options {
        private Path cacheDir = EncoderStore.defaultCache();
        private @Nullable Vocabulary vocabulary;
        private @Nullable EncoderSource encoder;

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

        /**
         * Where the encoder of saved adapters lies here, if not where it lay when they were trained; its weights must be the same. The
         * model of a run has the encoder in it, and needs none.
         */
        public Options encoder(EncoderSource source) {
            encoder = source;
            return this;
        }

        /** Saved adapters are used on other machines than they were trained on: in single precision, by all cores. */
        private static KernelChoice kernel() {
            return new KernelChoice(Product.MATMUL, Runtime.getRuntime().availableProcessors());
        }

        private Vocabulary vocabulary() {
            return vocabulary == null ? Vocabulary.installed() : vocabulary;
        }
    }
}
