package dev.palette.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.remote.Checksum;
import dev.palette.remote.Http;
import dev.palette.remote.RemoteFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the hub's server tells of a model. */
final class HubServer {
    private static final ObjectMapper json = new ObjectMapper();
    private static final int LONGEST_LISTING = 50_000_000; // a few models have 100,000 files
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHA_1 = Pattern.compile("[0-9a-f]{40}");
    private static final String PLAIN = "[A-Za-z0-9._~/-]+";

    /**
     * The files of a model at one time.
     *
     * @param commit which time
     * @param files their names
     */
    record Listing(String commit, SortedSet<String> files) {}

    private final Http http;
    private final URI endpoint;

    HubServer(Http http, URI endpoint) {
        this.http = http;
        this.endpoint = endpoint;
    }

    /** The files of a model at a branch, tag or commit. */
    Listing listing(ModelId model, Revision revision) throws IOException {
        String escaped = URLEncoder.encode(revision.name(), StandardCharsets.UTF_8);
        URI address = URI.create("%s/api/models/%s/revision/%s".formatted(endpoint, model, escaped));
        try {
            JsonNode answer = json.readTree(http.text(address, LONGEST_LISTING));
            String commit = answer.path("sha").asText();
            if (!Revision.isCommit(commit)) {
                throw new IOException("%s does not tell the commit of %s".formatted(endpoint.getHost(), revision));
            }
            SortedSet<String> files = new TreeSet<>();
            answer.path("siblings")
                    .forEach(file -> files.add(file.path("rfilename").asText()));
            return new Listing(commit, files);
        } catch (JsonProcessingException e) {
            throw new IOException("%s answers with what is no JSON".formatted(endpoint.getHost()), e);
        }
    }

    /**
     * Where a file of a commit is and by what it is recognised, which also is the name of its content.
     *
     * @param name in the model
     */
    RemoteFile file(ModelId model, String commit, String name) throws IOException {
        if (!name.matches(PLAIN) || name.contains("..") || name.startsWith("/")) {
            throw new IOException("the name '%s' is not one that is fetched".formatted(name));
        }
        URI address = URI.create("%s/%s/resolve/%s/%s".formatted(endpoint, model, commit, name));
        HttpResponse<Void> answer = http.head(address);
        if (!Http.isRedirect(answer)) { // to where large files lie; this server has said what they are
            Http.requireOk(answer);
        }
        String told = header(answer, "X-Repo-Commit");
        if (!told.isEmpty() && !told.equals(commit)) {
            throw new IOException("asked for commit %s, %s gives %s".formatted(commit, endpoint.getHost(), told));
        }
        String linked = header(answer, "X-Linked-Etag");
        String size = header(answer, "X-Linked-Size");
        if (size.isEmpty() && !Http.isRedirect(answer)) {
            size = header(answer, "Content-Length");
        }
        if (!size.matches("\\d{1,18}")) {
            throw new IOException("%s does not tell the size of %s".formatted(endpoint.getHost(), name));
        }
        return new RemoteFile(
                address, Long.parseLong(size), checksum(name, linked.isEmpty() ? header(answer, "ETag") : linked));
    }

    /** An etag of the hub is git's name for a small file, and the SHA-256 of a large one. */
    private Checksum checksum(String name, String etag) throws IOException {
        String hex = etag.replaceFirst("^W/", "").replace("\"", "");
        if (SHA_256.matcher(hex).matches()) {
            return Checksum.sha256(hex);
        }
        if (SHA_1.matcher(hex).matches()) {
            return Checksum.gitBlob(hex);
        }
        throw new IOException("%s tells no checksum of %s".formatted(endpoint.getHost(), name));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
