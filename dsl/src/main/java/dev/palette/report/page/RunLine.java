package dev.palette.report.page;

import dev.palette.report.analysis.RunMetrics;
import dev.palette.report.analysis.TaskUse;
import dev.palette.result.Provenance;
import dev.palette.result.RunResult;
import dev.palette.result.TrialRun;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run as the page is told of it.
 *
 * @param id the trial's
 * @param variant which, from 0
 * @param seed the trial's
 * @param state {@code finished}, {@code running} or {@code unfinished}
 * @param step the last that was logged; all, where it is finished
 * @param steps that were asked for
 * @param score the average that its checkpoint is chosen by, of the reported scores; NaN before it is finished
 * @param seconds of training so far
 * @param tokensPerSecond word pieces trained on
 * @param memory the most bytes that the process held; NaN before it is finished
 * @param joules that its devices drew in training; NaN where they do not tell, or before it is finished
 * @param started seconds since 1970; 0 where that is not known
 * @param origin which of the page's origins it has; null where that is not known
 */
record RunLine(
        String id,
        int variant,
        long seed,
        String state,
        long step,
        long steps,
        double score,
        double seconds,
        double tokensPerSecond,
        double memory,
        double joules,
        long started,
        @Nullable Integer origin) {

    static RunLine of(TrialRun run, RunMetrics log, int variant, @Nullable Integer origin) {
        Optional<RunResult> result = run.result();
        long steps = run.trial().at("/training/steps").asLong();
        TaskUse use = log.total();
        return new RunLine(
                run.files().id(),
                variant,
                run.seed(),
                state(run),
                result.isPresent() ? steps : log.step(),
                steps,
                result.map(found -> found.average(run.keepBest()).orElse(Double.NaN))
                        .orElse(Double.NaN),
                result.map(RunResult::trainSeconds).orElse(use.seconds()),
                use.seconds() > 0 ? use.tokens() / use.seconds() : Double.NaN,
                result.map(found -> (double) found.peakMemoryBytes()).orElse(Double.NaN),
                result.map(found -> found.energy().orElse(Double.NaN)).orElse(Double.NaN),
                run.provenance().map(Provenance::started).map(RunLine::seconds).orElse(0L),
                origin);
    }

    private static String state(TrialRun run) {
        if (run.isFinished()) {
            return "finished";
        }
        return run.files().isRunning() ? "running" : "unfinished";
    }

    private static long seconds(String started) {
        try {
            return Instant.parse(started).getEpochSecond();
        } catch (DateTimeParseException e) { // sealed, but by somebody else's version
            return 0;
        }
    }
}
