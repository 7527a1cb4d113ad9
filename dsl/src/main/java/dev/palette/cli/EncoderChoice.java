package dev.palette.cli;

import dev.palette.adapter.AdapterFile;
import dev.palette.experiment.Settings;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.remote.DownloadProgress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On which encoder adapters stand: {@code --encoder}, else the one that their file names. */
final class EncoderChoice {
    @Option(
            names = "--encoder",
            paramLabel = "ENCODER",
            description =
                    "the encoder they were trained on: a folder, a name such as bertBase.uncased, or hub:MODEL@REVISION;"
                            + " default: where it lay when Palette trained them")
    private @Nullable String text;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting, e.g. cache.dir=/tmp/cache; may be repeated")
    private List<String> assignments = new ArrayList<>();

    /** Where it comes from, if it is said; a model of the hub at its commit. */
    @Nullable
    EncoderSource source() {
        if (text == null) {
            return null;
        }
        EncoderSource source = EncoderSource.of(text);
        return source instanceof EncoderSource.Hub hub ? store().pinned(hub) : source;
    }

    /** Its files. */
    EncoderFiles files(EncoderSource source) {
        return store().resolve(source);
    }

    private EncoderStore store() {
        Settings settings = Settings.load(Settings.Sources.ofProcess(null, assignments));
        return new EncoderStore(settings.cacheDirectory(), DownloadProgress.SILENT);
    }

    /** The files of the one that a file's adapters stand on. */
    EncoderFiles files(AdapterFile adapters) {
        EncoderSource said = source();
        return files(said == null ? EncoderSource.of(adapters.manifest().encoder()) : said);
    }
}
