package dev.palette.download;

import dev.palette.remote.Http;
import dev.palette.remote.RemoteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a person can do where a file cannot be fetched.
 *
 * @param to the data directory
 * @param downloads where fetched files are looked for
 * @param left the data sets that are still missing
 */
record ByHand(Path to, Path downloads, List<DataSet> left) {

    /** Says why a file cannot be had, and which files to place where instead. */
    String instead(RemoteFile wanted, IOException reason) {
        StringBuilder text = new StringBuilder(
                "cannot fetch %s: %s%n".formatted(wanted.address(), Http.why(wanted.address(), reason)));
        text.append("What has arrived is kept; the same command goes on from there. Behind a proxy, name it to Java:"
                + " PALETTE_JAVA_OPTIONS='-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT'.%n".formatted());
        text.append("Without a network, fetch these elsewhere, put them into %s, and run the same command again:%n"
                .formatted(downloads));
        for (DataSet data : left) {
            for (RemoteFile source : data.sources()) {
                text.append(String.format(
                        Locale.ROOT, "  %-24s %,11d bytes  %s%n", source.name(), source.bytes(), source.address()));
            }
        }
        text.append("Or lay the data out yourself:%n".formatted());
        for (DataSet data : left) {
            text.append("  %s: %s%n".formatted(to.resolve(data.folder()), String.join(", ", data.files())));
        }
        return text.toString().stripTrailing();
    }
}
