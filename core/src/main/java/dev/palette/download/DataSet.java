package dev.palette.download;

import dev.palette.remote.RemoteFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One data set: what is fetched and what is made of it.
 *
 * @param task what it is asked for by: {@code cola}
 * @param folder the folder it becomes, in the data directory: {@code CoLA}
 * @param files what the task reads from that folder
 * @param sources what is fetched
 * @param assembly makes the files of the sources
 */
public record DataSet(String task, String folder, List<String> files, List<RemoteFile> sources, Assembly assembly) {
    /** Copies the lists. */
    public DataSet {
        files = List.copyOf(files);
        sources = List.copyOf(sources);
    }

    /** The same data set from somebody who keeps copies. */
    public DataSet from(URI mirror) {
        return new DataSet(
                task,
                folder,
                files,
                sources.stream().map(source -> source.from(mirror)).toList(),
                assembly);
    }

    /** Those of its files that a folder lacks. */
    List<String> missingIn(Path place) {
        return files.stream()
                .filter(file -> !Files.isRegularFile(place.resolve(file)))
                .toList();
    }
}
