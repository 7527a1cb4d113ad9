package dev.palette.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.palette.hub.Hub;
import dev.palette.hub.HubPlaces;
import dev.palette.hub.ModelId;
import dev.palette.hub.Revision;
import dev.palette.pretrained.EncoderSource;
import dev.palette.remote.DownloadProgress;
import dev.palette.spec.OptionException;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For which commits the branches and tags stand that an experiment names of the hub's models. They are looked up once and noted in the
 * experiment's folder of runs, in {@value #FILE}, when it is first run: a branch that moves on changes no trial that was asked for, nor
 * adds others beside those that were run.
 *
 * @param commits by {@code model@revision}
 */
public record EncoderPins(SortedMap<String, String> commits) {
    /** Where they are noted. */
    public static final String FILE = "hub.json";

    private static final Logger log = LoggerFactory.getLogger(EncoderPins.class);
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    /** Copies the map. */
    public EncoderPins {
        commits = Collections.unmodifiableSortedMap(new TreeMap<>(commits));
    }

    /**
     * The commits for all that some encoders may be: as they are noted, else as the hub's cache or the hub itself says.
     *
     * @param folder of the experiment's runs
     * @throws OptionException when one cannot be told
     */
    static EncoderPins of(Space<EncoderSource> encoders, Path folder, Supplier<HubPlaces> hub) {
        SortedMap<String, String> noted = new TreeMap<>();
        SortedMap<String, String> commits = new TreeMap<>();
        for (EncoderSource source : Grid.all(encoders::at)) {
            if (source instanceof EncoderSource.Hub model && !model.isPinned()) {
                if (noted.isEmpty()) {
                    noted.putAll(noted(folder));
                }
                commits.computeIfAbsent(key(model), key -> commit(model, noted.getOrDefault(key, ""), hub));
            }
        }
        return new EncoderPins(commits);
    }

    private static String commit(EncoderSource.Hub source, String noted, Supplier<HubPlaces> places) {
        try {
            Hub hub = new Hub(places.get(), DownloadProgress.SILENT);
            ModelId model = new ModelId(source.model());
            Revision revision = new Revision(source.revision());
            if (noted.isEmpty()) {
                return hub.commit(model, revision);
            }
            hub.cached(model, revision)
                    .filter(now -> !now.equals(noted))
                    .ifPresent(now -> log.info(
                            "{} stays at {}, with which this experiment was begun; {} is {} now",
                            model,
                            noted,
                            revision,
                            now));
            return noted;
        } catch (PaletteException e) {
            throw new OptionException("encoder", e.getMessage()); // so that a script's line is named, too
        }
    }

    /** The encoders, each hub's model at its commit. */
    Space<EncoderSource> pinned(Space<EncoderSource> encoders) {
        if (commits.isEmpty()) {
            return encoders;
        }
        return encoders instanceof Space.Constant<EncoderSource> one
                ? Space.of(pinned(one.value()))
                : new Space.Mapped<>(encoders, this::pinned);
    }

    private EncoderSource pinned(EncoderSource source) {
        return source instanceof EncoderSource.Hub model && !model.isPinned()
                ? model.at(Objects.requireNonNull(commits.get(key(model))))
                : source;
    }

    private static String key(EncoderSource.Hub source) {
        return source.model() + "@" + source.revision();
    }

    /**
     * Notes the commits in a folder of runs, beside those that are there.
     *
     * @throws PaletteException when one is noted there that is another; or the folder cannot be written
     */
    public void note(Path folder) {
        if (commits.isEmpty()) {
            return;
        }
        SortedMap<String, String> all = noted(folder);
        SortedMap<String, String> before = new TreeMap<>(all);
        commits.forEach((key, commit) -> {
            String other = all.putIfAbsent(key, commit);
            if (other != null && !other.equals(commit)) {
                throw new PaletteException(
                        "the runs in %s were begun with %s at commit %s, and are asked for with %s; name the commit that you want as revision"
                                .formatted(folder, key, other, commit));
            }
        });
        if (!all.equals(before)) {
            AtomicFile.writeText(
                    folder.resolve(FILE), StrictJson.mapper().valueToTree(all).toPrettyString() + "\n");
        }
    }

    private static SortedMap<String, String> noted(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            TreeMap<String, String> read = StrictJson.mapper().readValue(SmallFile.readText(file), TEXTS);
            for (Map.Entry<String, String> pin : read.entrySet()) {
                if (!new Revision(pin.getValue()).isCommit()) {
                    throw damaged(file, "'%s' is no commit".formatted(pin.getValue()));
                }
            }
            return read;
        } catch (JsonProcessingException e) {
            throw damaged(file, e.getOriginalMessage());
        } catch (IOException e) {
            throw AtomicFile.cannotRead(file, e);
        }
    }

    private static PaletteException damaged(Path file, String why) {
        return new PaletteException(
                "%s is no note of commits: %s; name the commit of the finished runs as revision, and delete the file"
                        .formatted(file, why));
    }
}
