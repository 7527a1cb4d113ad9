package dev.palette.launch;

import dev.palette.storage.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program of {@link NodeMain} as a child of a cluster's own process, which has its folder of {@link NodeFiles} on the same machine. Its
 * first line of input is the order; the end of its input stops the worker with a checkpoint, also when the parent was killed.
 */
public final class PipedNode {
    private static final Logger LOG = LoggerFactory.getLogger(PipedNode.class);
    private static final String START = "0";

    private PipedNode() {}

    /**
     * Works on a trial.
     *
     * @param arguments the folder; processors; megabytes of memory, 0 where they are not known
     */
    public static void main(String[] arguments) throws IOException {
        NodeFiles files = new NodeFiles(Path.of(arguments[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String order = in.readLine();
        if (order == null) {
            return; // the parent is gone already
        }
        AtomicFile.writeText(files.order(), order);
        Thread parent = new Thread(() -> stopAtEnd(in, files), "parent");
        parent.setDaemon(true);
        parent.start();
        NodeMain.main(new String[] {arguments[0], START, arguments[1], arguments[2]});
    }

    private static void stopAtEnd(BufferedReader in, NodeFiles files) {
        try {
            String line = in.readLine();
            while (line != null) {
                line = in.readLine();
            }
        } catch (IOException e) {
            LOG.warn("the parent is gone", e);
        }
        try {
            Files.createFile(files.stop(Integer.parseInt(START)));
        } catch (IOException e) {
            LOG.error("the worker cannot be told to stop", e);
        }
    }
}
