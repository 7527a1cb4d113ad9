package dev.palette.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.result.MetricPoint;
import dev.palette.result.Provenance;
import dev.palette.result.StoredRun;
import dev.palette.spec.PaletteException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A run as an exporter sees it: what stands in its folder and does not change any more.
 *
 * @param stored the folder
 * @param trial what was asked
 * @param provenance by what it is made
 * @param started when it first began
 */
public record ExportedRun(StoredRun stored, JsonNode trial, Provenance provenance, Instant started) {
    private static final double NANOS = 1e9;

    /**
     * Reads a run.
     *
     * @throws PaletteException when a file of it is missing or damaged; names it
     */
    public static ExportedRun read(StoredRun stored) {
        Provenance provenance = stored.provenance();
        try {
            return new ExportedRun(stored, stored.trial(), provenance, Instant.parse(provenance.started()));
        } catch (DateTimeParseException e) { // sealed, and so made like this
            throw new PaletteException(
                    "the provenance of %s says that it started at '%s', expected a time such as 2026-11-23T08:00:00Z"
                            .formatted(stored.folder(), provenance.started()),
                    e);
        }
    }

    /** The settings of the trial. */
    public TrialSettings settings() {
        return TrialSettings.of(trial);
    }

    /** For people: {@code pal, annealed, seed 1}. */
    public String title() {
        return "%s, %s, seed %d".formatted(word("adapter"), word("sampling"), seed());
    }

    /** For names of files: {@code pal-annealed-seed1-1f0c7c6f2f4e9a55}. */
    public String fileName() {
        String words = "%s-%s-seed%d".formatted(word("adapter"), word("sampling"), seed());
        return words.replaceAll("[^A-Za-z0-9_.-]", "_") + "-" + stored.id();
    }

    /** The trial's seed. */
    public long seed() {
        return trial.path("seed").asLong();
    }

    /**
     * When a point was logged if the run was never interrupted: the same whenever and however often it is exported.
     *
     * @return the run's first start, and the seconds of training since
     */
    public Instant time(MetricPoint point) {
        return time(point.elapsed());
    }

    /** The run's first start and some seconds of training. */
    public Instant time(double elapsed) {
        return started.plus(Duration.ofNanos((long) (elapsed * NANOS)));
    }

    /** The word of a member of the trial's JSON, such as {@code adapter}. */
    String word(String member) {
        return trial.path(member).path("word").asText("none");
    }
}
