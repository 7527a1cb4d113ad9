package dev.palette.pretrained;

import dev.palette.remote.DownloadProgress;
import java.nio.file.Path;

/** Where released artifacts are fetched from; {@link MavenArtifacts} in earnest. */
@FunctionalInterface
public interface ArtifactSource {
    /**
     * The artifact's file on this machine, fetched if it isn't here yet.
     *
     * @param coordinates {@code group:artifact:version}
     * @throws dev.palette.spec.PaletteException when it cannot be had; says why and what to do
     */
    Path fetch(String coordinates, DownloadProgress progress);
}
