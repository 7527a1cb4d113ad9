package dev.palette.result;

import dev.palette.spec.PaletteException;
import dev.palette.storage.ByteCount;
import dev.palette.storage.DiskRoom;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;

/**
 * What all the runs of a sweep take of the disk, beyond what is there already.
 *
 * @param runs how many there are
 * @param atOnce how many of them run at the same time
 * @param peak the most bytes at any time
 * @param kept bytes when all are finished
 */
public record SweepDisk(int runs, int atOnce, long peak, long kept) {
    /**
     * The sum of some runs, of which so many run at once.
     *
     * @param uses one a run that is not finished
     */
    public static SweepDisk of(Collection<DiskUse> uses, int atOnce) {
        long kept = uses.stream().mapToLong(DiskUse::kept).sum();
        long working = uses.stream()
                .map(use -> use.peak() - use.kept())
                .sorted(Comparator.reverseOrder())
                .limit(atOnce)
                .mapToLong(Long::longValue)
                .sum();
        return new SweepDisk(uses.size(), Math.min(atOnce, uses.size()), kept + working, kept);
    }

    /** One line for a person, to be said before the start. */
    public String text(Path out) {
        return "disk: %d %s, %d at once, %s; %s"
                .formatted(
                        runs,
                        runs == 1 ? "run" : "runs",
                        atOnce,
                        figures(out),
                        DiskRoom.at(out).text());
    }

    /**
     * Makes sure that it fits.
     *
     * @param out the folder of all runs, which need not exist
     * @throws PaletteException when it does not; says how much is missing and what can be done
     */
    public void requireRoom(Path out) {
        DiskRoom room = DiskRoom.at(out);
        if (peak > room.free()) {
            throw new PaletteException(
                    "the disk of %s is too small: %d %s, %d at once, %s, but %s; make room there (palette clean lists what can go), choose another folder with --out, run fewer at once, or keep less with checkpoint.keep = best"
                            .formatted(out, runs, runs == 1 ? "run" : "runs", atOnce, figures(out), room.text()));
        }
    }

    private String figures(Path out) {
        return "need at most %s more in %s while they run and %s when finished"
                .formatted(ByteCount.text(peak), out, ByteCount.text(kept));
    }
}
