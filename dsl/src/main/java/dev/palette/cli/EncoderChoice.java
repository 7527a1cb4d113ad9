package dev.palette.cli;

import dev.palette.adapter.AdapterFile;
import dev.palette.experiment.Settings;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.ReleasedEncoders;
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
            description = "the encoder they were trained on: a folder, or a name such as bertBase.uncased;"
                    + " default: where it lay when Palette trained them")
    private @Nullable String text;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting, e.g. cache.dir=/tmp/cache; may be repeated")
    private List<String> assignments = new ArrayList<>();

    /** Where it comes from, if it is said. */
    @Nullable
    EncoderSource source() {
        return text == null ? null : source(text);
    }

    private static EncoderSource source(String text) {
        return new ReleasedEncoders().names().contains(text)
                ? new EncoderSource.Released(text)
                : new EncoderSource.Directory(text);
    }

    /** Its files. */
    EncoderFiles files(EncoderSource source) {
        Settings settings = Settings.load(Settings.Sources.ofProcess(null, assignments));
        return new EncoderStore(settings.cacheDirectory(), DownloadProgress.SILENT).resolve(source);
    }

    /** The files of the one that a file's adapters stand on. */
    EncoderFiles files(AdapterFile adapters) {
        EncoderSource said = source();
        return files(said == null ? source(adapters.manifest().encoder()) : said);
    }
}
