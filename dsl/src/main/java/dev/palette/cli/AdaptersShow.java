package dev.palette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.AdapterManifest;
import dev.palette.experiment.StrictJson;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import dev.palette.storage.ByteCount;
import dev.palette.tensor.TensorEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette adapters show}: what a file of adapters holds. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Tells what a file of adapters holds, on which encoder it was trained, by which run, and what was done since.")
final class AdaptersShow implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(paramLabel = "FILE", description = "a file that palette adapters wrote")
    private Path file;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (AdapterFile adapters = AdapterFile.open(file)) {
            AdapterManifest manifest = adapters.manifest();
            long values =
                    adapters.entries().stream().mapToLong(AdaptersShow::values).sum();
            line(out, "adapter", manifest.label());
            line(out, "described", StrictJson.canonical(manifest.adapter()));
            line(out, "tasks", String.join(", ", manifest.tasks()));
            line(out, "encoder", manifest.encoder());
            line(out, "fingerprint", manifest.base());
            line(
                    out,
                    "numbers",
                    "%,d in %d tensors, %s".formatted(values, adapters.entries().size(), size(file)));
            trained(out, manifest.provenance());
            manifest.history().forEach(done -> line(out, "then", done));
        }
        out.flush();
        return ExitCode.FINISHED;
    }

    private static void trained(PrintWriter out, @Nullable JsonNode provenance) {
        if (provenance != null) {
            line(
                    out,
                    "trained",
                    "%s by Palette %s (%s), seed %s"
                            .formatted(
                                    provenance.path("started").asText(),
                                    provenance.path("palette").asText(),
                                    provenance.path("commit").asText(),
                                    provenance.path("seed").asText()));
        }
    }

    private static void line(PrintWriter out, String what, String value) {
        out.println("%-12s %s".formatted(what, value));
    }

    private static long values(TensorEntry entry) {
        return entry.sizeInBytes() / entry.type().bytes();
    }

    /** How much of a disk a file takes. */
    static String size(Path file) {
        try {
            return ByteCount.text(Files.size(file));
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }
}
