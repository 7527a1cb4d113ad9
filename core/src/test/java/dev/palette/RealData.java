package dev.palette;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The real data sets, which the repository may not hold. Tests on them look in the folder of the system property
 * {@code palette.data}, of the environment variable {@code PALETTE_TEST_DATA}, or in {@code shared/data} beside the checkout,
 * and are skipped where there is none.
 */
public final class RealData {
    private RealData() {}

    /** The folder in GLUE's layout. */
    public static Path glue() {
        Path glue = folder().resolve("glue_data");
        assumeTrue(Files.isDirectory(glue), "no GLUE data at " + glue + "; set -Dpalette.data=<folder with glue_data>");
        return glue;
    }

    /** The folder of SQuAD v1.1's two files. */
    public static Path squad() {
        Path squad = folder().resolve("squad");
        assumeTrue(Files.isDirectory(squad), "no SQuAD data at " + squad + "; set -Dpalette.data=<folder with squad>");
        return squad;
    }

    private static Path folder() {
        return Optional.ofNullable(System.getProperty("palette.data"))
                .or(() -> Optional.ofNullable(System.getenv("PALETTE_TEST_DATA")))
                .map(Path::of)
                .orElseGet(() -> checkout().resolveSibling("shared").resolve("data"));
    }

    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.exists(folder.resolve("mvnw")) ? folder : folder.getParent();
    }
}
