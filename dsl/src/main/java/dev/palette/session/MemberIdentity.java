package dev.palette.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.result.Build;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a process of a job was started as. The processes have to be of one build, and carry out one command; of the scripts that the
 * command names, rank 0 alone reads what they say, so that another text elsewhere would be misleading.
 *
 * @param host its machine
 * @param build the version and commit of Palette
 * @param command the arguments
 * @param scripts SHA-256 of the scripts among them that there are on this host
 */
record MemberIdentity(String host, String build, String command, Map<String, String> scripts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** This process. */
    static MemberIdentity present(String[] arguments) {
        Build running = Build.running();
        Map<String, String> scripts = new LinkedHashMap<>();
        for (String argument : arguments) {
            boolean script = argument.endsWith(".groovy") || argument.endsWith(".kts");
            if (script && Files.isRegularFile(Path.of(argument))) {
                scripts.put(argument, FileDigest.sha256(Path.of(argument)));
            }
        }
        return new MemberIdentity(
                thisHost(), running.version() + ", commit " + running.commit(), String.join(" ", arguments), scripts);
    }

    static MemberIdentity of(byte[] bytes) {
        try {
            return JSON.readValue(bytes, MemberIdentity.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a member's own JSON", e);
        }
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record in memory cannot fail to be written", e);
        }
    }

    /** In what some rank differs from rank 0, a line each. */
    static List<String> differences(List<MemberIdentity> members) {
        MemberIdentity first = members.get(0);
        List<String> lines = new ArrayList<>();
        for (int rank = 1; rank < members.size(); rank++) {
            MemberIdentity other = members.get(rank);
            String who = "rank %d on %s".formatted(rank, other.host);
            if (!other.build.equals(first.build)) {
                lines.add("%s is Palette %s; rank 0 on %s is %s".formatted(who, other.build, first.host, first.build));
            }
            if (!other.command.equals(first.command)) {
                lines.add("%s was given '%s'; rank 0 '%s'".formatted(who, other.command, first.command));
            }
            other.scripts.forEach((script, hash) -> {
                if (!hash.equals(first.scripts.getOrDefault(script, hash))) {
                    lines.add("%s has another %s than rank 0 on %s; copy that one".formatted(who, script, first.host));
                }
            });
        }
        return lines;
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name"; // it is told to people only
        }
    }
}
