package dev.palette.pretrained;

import dev.palette.remote.DownloadProgress;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.eclipse.aether.transfer.RepositoryOfflineException;
import org.eclipse.aether.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts of Maven Central, fetched as Maven itself would fetch them: by Maven's resolver, with the mirrors, proxies and
 * passwords of the user's {@code settings.xml}, into the user's local repository, from which the next fetch is served. A download
 * whose checksum is wrong or missing is refused.
 */
public final class MavenArtifacts implements ArtifactSource {
    private final Path home;
    private final @Nullable String localRepository;

    /** Uses the Maven settings of whoever runs this process, and the system property {@code maven.repo.local} as Maven does. */
    public MavenArtifacts() {
        this(Path.of(System.getProperty("user.home")), System.getProperty("maven.repo.local"));
    }

    /** Uses the Maven settings in {@code home/.m2}; a local repository named here goes before theirs. */
    MavenArtifacts(Path home, @Nullable String localRepository) {
        this.home = home;
        this.localRepository = localRepository;
    }

    @Override
    public Path fetch(String coordinates, DownloadProgress progress) {
        MavenUserSettings settings = MavenUserSettings.read(home, localRepository);
        try {
            Files.createDirectories(settings.localRepository());
        } catch (IOException e) {
            throw new PaletteException(
                    "cannot write Maven's local repository %s: %s; give write permission or name another as localRepository in %s"
                            .formatted(settings.localRepository(), e, home.resolve(".m2/settings.xml")),
                    e);
        }
        try (RepositorySystem system = new RepositorySystemSupplier().get();
                CloseableSession session = settings.applyTo(new SessionBuilderSupplier(system).get())
                        .withLocalRepositoryBaseDirectories(settings.localRepository())
                        .setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL)
                        .setTransferListener(listener(progress))
                        .build()) {
            ArtifactRequest request = new ArtifactRequest(
                    new DefaultArtifact(coordinates),
                    system.newResolutionRepositories(session, settings.repositories()),
                    "palette");
            return system.resolveArtifact(session, request).getArtifact().getPath();
        } catch (ArtifactResolutionException e) {
            throw unavailable(coordinates, settings, e);
        }
    }

    private PaletteException unavailable(
            String coordinates, MavenUserSettings settings, ArtifactResolutionException e) {
        Throwable reason = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChecksumFailureException) {
                return new PaletteException(
                        "the download of %s is damaged: %s; run again, and if that does not help ask whoever runs the mirror"
                                .formatted(coordinates, cause.getMessage()),
                        e);
            }
            if (cause instanceof RepositoryOfflineException) {
                reason = cause;
                break;
            }
            reason = cause;
        }
        String why = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        return new PaletteException(
                ("cannot fetch %s: %s (%s); connect to the internet, or name your proxy or mirror in %s, or copy the artifact's"
                                + " folder into %s from a machine that has it")
                        .formatted(
                                coordinates,
                                why,
                                reason.getClass().getSimpleName(),
                                home.resolve(".m2/settings.xml"),
                                settings.localRepository()),
                e);
    }

    private static AbstractTransferListener listener(DownloadProgress progress) {
        return new AbstractTransferListener() {
            @Override
            public void transferProgressed(TransferEvent event) {
                tell(event);
            }

            @Override
            public void transferSucceeded(TransferEvent event) {
                tell(event);
            }

            private void tell(TransferEvent event) {
                String path = event.getResource().getResourceName();
                progress.progress(
                        path.substring(path.lastIndexOf('/') + 1),
                        event.getTransferredBytes(),
                        event.getResource().getContentLength());
            }
        };
    }
}
