package dev.palette.download;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
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
        StringBuilder text =
                new StringBuilder("cannot fetch %s: %s%n".formatted(wanted.address(), why(wanted, reason)));
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

    private static String why(RemoteFile wanted, IOException reason) {
        String host = wanted.address().getHost();
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "no host '%s' is known here; is this machine connected?".formatted(host);
            }
            if (cause instanceof HttpTimeoutException) {
                return "%s does not answer".formatted(host);
            }
        }
        if (reason instanceof ConnectException) {
            return "%s cannot be connected to".formatted(host);
        }
        return reason.getMessage() == null ? reason.toString() : reason.getMessage();
    }
}
