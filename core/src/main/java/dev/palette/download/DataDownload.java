package dev.palette.download;

import dev.palette.remote.DownloadProgress;
import dev.palette.remote.Http;
import dev.palette.remote.HttpFile;
import dev.palette.remote.RemoteFile;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.LockedFolder;
import dev.palette.storage.StagedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings data sets into a data directory, each as a folder that appears when it is complete. What is fetched lies in the folder
 * {@value #DOWNLOADS} until it is unpacked; a person may put files there too, in place of a network.
 */
public final class DataDownload {
    /** Where fetched files wait, under the data directory. */
    public static final String DOWNLOADS = "downloads";

    private final Path to;
    private final Path downloads;
    private final DownloadProgress progress;
    private final Consumer<String> messages;
    private final Http http;

    /**
     * A download into a data directory, which need not exist.
     *
     * @param progress hears of bytes that come
     * @param messages hears, a line a data set, what became of it
     */
    public DataDownload(Path to, DownloadProgress progress, Consumer<String> messages) {
        this(to, progress, messages, Http.PATIENCE);
    }

    /**
     * The same with less or more patience.
     *
     * @param patience how long a server may say nothing
     */
    DataDownload(Path to, DownloadProgress progress, Consumer<String> messages, Duration patience) {
        this.to = to.toAbsolutePath().normalize();
        this.downloads = this.to.resolve(DOWNLOADS);
        this.progress = progress;
        this.messages = messages;
        this.http = new Http(patience);
    }

    /**
     * Fetches and lays out what is missing. Data sets that are there are not fetched again.
     *
     * @throws PaletteException when a file cannot be had, which says what to place where by hand; when it is not the published one;
     *     when a data set's folder is there without its files; or when the data directory cannot be written
     */
    public void fetch(List<DataSet> wanted) {
        try (LockedFolder turn = LockedFolder.lock(to)) {
            StagedFolder.sweep(to);
            List<DataSet> missing = missing(wanted);
            for (int i = 0; i < missing.size(); i++) {
                layOut(missing.get(i), sources(missing.subList(i, missing.size())));
            }
        }
    }

    private List<DataSet> missing(List<DataSet> wanted) {
        List<DataSet> missing = new ArrayList<>();
        for (DataSet data : wanted) {
            Path folder = to.resolve(data.folder());
            if (!Files.exists(folder)) {
                missing.add(data);
                continue;
            }
            List<String> absent = data.missingIn(folder);
            if (!absent.isEmpty()) {
                throw new PaletteException(
                        "%s is there but lacks %s; move the folder away to have it fetched, or leave %s out with --tasks"
                                .formatted(folder, String.join(", ", absent), data.task()));
            }
            messages.accept("%s: is there already, in %s".formatted(data.task(), folder));
        }
        return missing;
    }

    /** The files of the first data set, fetched. The others are what is left to do by hand when that fails. */
    private List<Path> sources(List<DataSet> left) {
        createDownloads();
        List<Path> sources = new ArrayList<>();
        for (RemoteFile source : left.get(0).sources()) {
            try {
                sources.add(new HttpFile(http, source, downloads, progress).fetch());
            } catch (IOException e) {
                throw new PaletteException(new ByHand(to, downloads, left).instead(source, e), e);
            }
        }
        return sources;
    }

    private void createDownloads() {
        try {
            Files.createDirectories(downloads);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(downloads, e);
        }
    }

    private void layOut(DataSet data, List<Path> sources) {
        Path folder = to.resolve(data.folder());
        try (StagedFolder staged = StagedFolder.of(folder)) {
            data.assembly().assemble(sources, staged.path());
            List<String> absent = data.missingIn(staged.path());
            if (!absent.isEmpty()) {
                throw new PaletteException(
                        "%s: what was fetched holds no %s".formatted(data.task(), String.join(", ", absent)));
            }
            staged.commit();
        }
        removeFetched(sources);
        messages.accept("%s: in %s".formatted(data.task(), folder));
    }

    private void removeFetched(List<Path> sources) {
        try {
            for (Path source : sources) {
                Files.delete(source);
            }
            if (isEmpty(downloads)) {
                Files.delete(downloads);
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(downloads, e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }
}
