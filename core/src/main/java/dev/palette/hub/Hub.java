package dev.palette.hub;

import dev.palette.remote.DownloadProgress;
import dev.palette.remote.Http;
import dev.palette.remote.HttpFile;
import dev.palette.remote.RemoteFile;
import dev.palette.spec.PaletteException;
import dev.palette.storage.ByteCount;
import dev.palette.storage.DiskRoom;
import dev.palette.storage.LockedFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models of the Hugging Face hub, out of the cache of its libraries, into which is fetched what is missing.
 *
 * <p>Fetched contents are checked against the checksums that the server tells before they get their name. Processes that want the same
 * model take turns; a Python process that fetches it at the same time is not waited for, and does no harm: it writes files of its own.
 */
public final class Hub {
    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    private final HubPlaces places;
    private final DownloadProgress progress;
    private final ModelFolder.Linking linking;
    private final Duration patience;

    /** Which of a model's files are needed. */
    public interface Wanted {
        /** Whether a folder has all that is needed. */
        boolean isIn(Path folder);

        /**
         * The names of what is needed, small files first.
         *
         * @param files all that the model has
         * @throws PaletteException when something is missing that is needed
         */
        List<String> of(Collection<String> files);
    }

    /**
     * The hub at these places.
     *
     * @param progress hears of downloads
     */
    public Hub(HubPlaces places, DownloadProgress progress) {
        this(places, progress, (link, target) -> Files.createSymbolicLink(link, target), Http.PATIENCE);
    }

    Hub(HubPlaces places, DownloadProgress progress, ModelFolder.Linking linking, Duration patience) {
        this.places = places;
        this.progress = progress;
        this.linking = linking;
        this.patience = patience;
    }

    /**
     * The commit that a revision stands for: as the cache has it noted, or else as the server says, which is then noted. A branch that has
     * moved since is followed when the note is renewed, by the hub's own tools or by deleting it.
     *
     * @throws PaletteException when there is none, or nobody can be asked
     */
    public String commit(ModelId model, Revision revision) {
        ModelFolder folder = folder(model);
        return folder.commit(revision).orElseGet(() -> {
            HubProblem problem = new HubProblem(places, model, revision);
            if (places.offline()) {
                throw problem.offline();
            }
            try {
                String commit = server().listing(model, revision).commit();
                folder.note(revision, commit);
                return commit;
            } catch (IOException e) {
                throw problem.of(e);
            }
        });
    }

    /** The commit that a revision stands for in the cache; the server is not asked. */
    public Optional<String> cached(ModelId model, Revision revision) {
        return folder(model).commit(revision);
    }

    /**
     * The folder of a commit's files, among them all that are wanted.
     *
     * @param commit 40 hexadecimal digits
     * @throws PaletteException when they cannot be had, which says what to do; or the cache cannot be written
     */
    public Path folder(ModelId model, String commit, Wanted wanted) {
        ModelFolder folder = folder(model);
        Path snapshot = folder.snapshot(commit);
        if (wanted.isIn(snapshot)) {
            return snapshot;
        }
        Revision revision = new Revision(commit);
        HubProblem problem = new HubProblem(places, model, revision);
        if (places.offline()) {
            throw problem.offline();
        }
        try (LockedFolder turn = LockedFolder.lock(folder.lock())) {
            if (!wanted.isIn(snapshot)) {
                fetch(model, revision, folder, wanted);
            }
        } catch (IOException e) {
            throw problem.of(e);
        }
        return snapshot;
    }

    private void fetch(ModelId model, Revision commit, ModelFolder folder, Wanted wanted) throws IOException {
        HubServer server = server();
        Map<String, RemoteFile> missing = new LinkedHashMap<>();
        for (String name : wanted.of(server.listing(model, commit).files())) {
            if (!Files.exists(folder.snapshot(commit.name()).resolve(name))) {
                missing.put(name, server.file(model, commit.name(), name));
            }
        }
        log.info("Fetching {} at {} from {}", model, commit, places.endpoint());
        folder.note(commit, commit.name());
        requireRoom(model, folder, missing.values());
        for (Map.Entry<String, RemoteFile> file : missing.entrySet()) {
            String etag = file.getValue().checksum().hex();
            new HttpFile(http(), file.getValue(), folder.blob(etag), folder.part(etag), progress).fetch();
            folder.name(commit.name(), file.getKey(), etag);
        }
    }

    private void requireRoom(ModelId model, ModelFolder folder, Collection<RemoteFile> files) throws IOException {
        long needed = 0;
        for (RemoteFile file : files) {
            Path blob = folder.blob(file.checksum().hex());
            Path part = folder.part(file.checksum().hex());
            needed += Files.exists(blob) ? 0 : file.bytes() - (Files.exists(part) ? Files.size(part) : 0);
        }
        DiskRoom room = DiskRoom.at(places.cache());
        if (needed > room.free()) {
            throw new PaletteException(
                    "%s needs %s more in %s, of whose disk %s; make room there, or name another folder by HF_HUB_CACHE"
                            .formatted(model, ByteCount.text(needed), places.cache(), room.text()));
        }
    }

    private ModelFolder folder(ModelId model) {
        return new ModelFolder(places.cache(), model, linking);
    }

    private HubServer server() {
        return new HubServer(http(), places.endpoint());
    }

    private Http http() {
        Http http = new Http(patience);
        URI endpoint = places.endpoint();
        return places.token().map(token -> http.withToken(endpoint, token)).orElse(http);
    }
}
