package dev.palette.launch;

import dev.palette.storage.AtomicFile;
import dev.palette.worker.Wire;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder by which a machine of a cluster and whoever had a worker started there talk to each other. Both see it; nothing listens on a
 * network.
 *
 * <pre>
 * order.json       what is to be done ({@link NodeOrder})
 * events-N         what the worker says, a line each, in its start N: 0, then 1 when the cluster started it again, …
 * commands-N       what it is told, a line each
 * stop-N           that the cluster wants it to stop; the job's script makes it
 * </pre>
 *
 * <p>Each file has one writer, which opens it, appends whole lines and closes it, so that on NFS the other side sees them when it opens it next.
 *
 * @param folder the folder
 */
public record NodeFiles(Path folder) {
    private static final Pattern EVENTS = Pattern.compile("events-(\\d{1,6})");

    /** Says what is to be done, before anything is started. */
    public void write(NodeOrder order) {
        order.write(order());
    }

    Path order() {
        return folder.resolve("order.json");
    }

    private Path events(int start) {
        return folder.resolve("events-" + start);
    }

    private Path commands(int start) {
        return folder.resolve("commands-" + start);
    }

    /** Exists when the cluster wants a start to stop. */
    Path stop(int start) {
        return folder.resolve("stop-" + start);
    }

    /** The newest start of which something was heard; 0 before that. */
    public int latest() {
        int latest = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "events-*")) {
            for (Path file : files) {
                Matcher name = EVENTS.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    latest = Math.max(latest, Integer.parseInt(name.group(1)));
                }
            }
        } catch (IOException e) {
            throw AtomicFile.cannotRead(folder, e);
        }
        return latest;
    }

    /** Adds events. */
    void say(int start, List<WorkerEvent> events) {
        append(events(start), events.stream().map(Wire::line).toList());
    }

    /** Adds a command. */
    public void tell(int start, WorkerCommand command) {
        append(commands(start), List.of(Wire.line(command)));
    }

    /** The line of one start. */
    NodeLine line(int start) {
        GrowingFile.Place told = new GrowingFile.Place();
        return new NodeLine() {
            @Override
            public void say(List<WorkerEvent> events) {
                NodeFiles.this.say(start, events);
            }

            @Override
            public List<WorkerCommand> told() {
                return commands(start, told);
            }

            @Override
            public boolean isToStop() {
                return Files.exists(stop(start));
            }
        };
    }

    /** What a worker says in a start of it, from a line on. */
    public List<WorkerEvent> events(int start, GrowingFile.Place from) {
        List<WorkerEvent> events = new ArrayList<>();
        new GrowingFile(events(start))
                .lines(from)
                .forEach(line -> Wire.event(line).ifPresent(events::add));
        return events;
    }

    /** What a worker is told in a start of it, from a line on. */
    public List<WorkerCommand> commands(int start, GrowingFile.Place from) {
        List<WorkerCommand> commands = new ArrayList<>();
        new GrowingFile(commands(start))
                .lines(from)
                .forEach(line -> Wire.command(line).ifPresent(commands::add));
        return commands;
    }

    private static void append(Path file, List<String> lines) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }
}
