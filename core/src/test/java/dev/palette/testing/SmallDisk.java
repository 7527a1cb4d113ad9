package dev.palette.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** A real file system in memory, of a size that a test can fill; tests are skipped where nobody may mount one. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** A disk of some kibibytes in an empty folder. */
    public static SmallDisk mount(Path folder, int kibibytes) {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString());
        assumeTrue(mounted, "mounting a file system needs Linux and root");
        return new SmallDisk(folder);
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Another size, with what is on it. */
    public void resize(int kibibytes) {
        remount("size=" + kibibytes + "k");
    }

    /** From now on nothing can be written. */
    public void makeReadOnly() {
        remount("ro");
    }

    private void remount(String option) {
        if (!run("mount", "-o", "remount," + option, folder.toString())) {
            throw new IllegalStateException("cannot remount " + folder + " with " + option);
        }
    }

    @Override
    public void close() {
        run("umount", "--lazy", folder.toString()); // tensors stay mapped from its files until they are collected
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // no such command here
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
