package dev.palette.download;

import dev.palette.storage.AtomicFile;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a data set's files are made of what was fetched. */
@FunctionalInterface
public interface Assembly {
    /**
     * Makes the files.
     *
     * @param sources what was fetched, in the order of {@link DataSet#sources}; each has its published checksum
     * @param folder an empty folder
     * @throws dev.palette.spec.PaletteException when a source is not what was expected
     */
    void assemble(List<Path> sources, Path folder);

    /** Unpacks the files of one folder of a zip archive. */
    static Assembly unzip(String folder) {
        return (sources, into) -> new ZipFolder(sources.get(0), folder).extract(into);
    }

    /** Takes the sources as they are, under their own names. */
    static Assembly copy() {
        return (sources, into) -> sources.forEach(
                source -> copy(source, into.resolve(source.getFileName().toString())));
    }

    /** Takes one source as it is, under another name. */
    static Assembly copyAs(String name) {
        return (sources, into) -> copy(sources.get(0), into.resolve(name));
    }

    private static void copy(Path source, Path target) {
        AtomicFile.write(target, channel -> Files.copy(source, Channels.newOutputStream(channel)));
    }
}
