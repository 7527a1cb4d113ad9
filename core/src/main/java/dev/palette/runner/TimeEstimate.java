package dev.palette.runner;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.FinishedElsewhere;
import dev.palette.result.FinishedRuns;
import dev.palette.result.RunDirectory;
import dev.palette.spec.PaletteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long trials will take, by the speed that finished runs had.
 *
 * @param measured runs whose speed was looked at
 * @param left trials that are not finished
 * @param alone what they take one after the other; nothing where no run was measured
 * @param atOnce how many run at once, as far as the plan says
 */
public record TimeEstimate(int measured, int left, Duration alone, int atOnce) {
    private static final Logger LOG = LoggerFactory.getLogger(TimeEstimate.class);
    private static final int ENOUGH = 50;

    /** One finished run's speed: seconds a step, its evaluations included, and what a step of it costs beside others. */
    private record Speed(Trial trial, double secondsAStep) {}

    /**
     * The estimate for an experiment.
     *
     * @param known trials that are known
     * @param count how many there will be; those that are not known are taken to be like those that are
     */
    public static TimeEstimate of(Experiment experiment, List<Trial> known, int count, RunOptions options) {
        List<Speed> speeds = speeds(options.out());
        List<Trial> open = known.stream()
                .filter(trial -> isOpen(trial, experiment.name(), options.out()))
                .toList();
        double seconds = 0;
        for (Trial trial : open) {
            seconds += speeds.isEmpty() ? 0 : seconds(trial, speeds);
        }
        int unknown = count - known.size();
        double more = open.isEmpty() ? 0 : seconds / open.size() * unknown;
        return new TimeEstimate(
                speeds.size(), open.size() + unknown, Duration.ofSeconds(Math.round(seconds + more)), slots(options));
    }

    private static boolean isOpen(Trial trial, String experiment, Path out) {
        return switch (RunDirectory.of(out, experiment, trial).state()) {
            case FINISHED -> false;
            case ABSENT -> new FinishedElsewhere(out, experiment, trial).find().isEmpty();
            case UNFINISHED, STOPPED_EARLY -> true;
        };
    }

    /** By the run that is most alike, in proportion to what a step computes on. */
    private static double seconds(Trial trial, List<Speed> speeds) {
        Speed nearest = speeds.get(0);
        for (Speed speed : speeds) {
            if (distance(trial, speed.trial()) < distance(trial, nearest.trial())) {
                nearest = speed;
            }
        }
        return nearest.secondsAStep()
                * work(trial)
                / work(nearest.trial())
                * trial.training().steps();
    }

    private static double work(Trial trial) {
        return (double) trial.training().batchSize()
                * trial.training().maxLength()
                * (trial.layers() == 0 ? 12 : trial.layers());
    }

    private static int distance(Trial a, Trial b) {
        return (a.encoder().equals(b.encoder()) ? 0 : 8)
                + (a.training().precision() == b.training().precision() ? 0 : 4)
                + (a.adapter().word().equals(b.adapter().word()) ? 0 : 2)
                + (work(a) == work(b) ? 0 : 1);
    }

    private static List<Speed> speeds(Path out) {
        List<Speed> speeds = new ArrayList<>();
        Vocabulary vocabulary = Vocabulary.installed();
        for (Path run : finished(out)) {
            try {
                Trial trial = RunDirectory.trial(run, vocabulary);
                double seconds = RunDirectory.at(run, trial).result().trainSeconds();
                if (trial.training().steps() > 0 && speeds.size() < ENOUGH) {
                    speeds.add(new Speed(trial, seconds / trial.training().steps()));
                }
            } catch (PaletteException e) {
                LOG.warn("a run whose speed is not looked at: {}", e.getMessage());
            }
        }
        return speeds;
    }

    private static List<Path> finished(Path out) {
        try {
            return Files.isDirectory(out) ? FinishedRuns.in(out) : List.of();
        } catch (PaletteException e) { // there is none
            LOG.debug("{}", e.getMessage());
            return List.of();
        }
    }

    /** Trials at once on named devices; on those that are found when it runs, one. */
    private static int slots(RunOptions options) {
        String devices = options.plan().devices();
        int slots = 0;
        for (String device : devices.split(",", -1)) {
            int star = device.indexOf('*');
            slots += star < 0 ? 1 : Integer.parseInt(device.substring(star + 1).strip());
        }
        return devices.contains("cuda") ? slots * options.plan().slots() : slots;
    }

    /** For people. */
    public String text() {
        if (left == 0) {
            return "time: nothing is left to run";
        }
        if (measured == 0) {
            return "time: not known, since no run is finished whose speed could be looked at";
        }
        String one = "time: about %s for %d %s, by the speed of %d finished %s"
                .formatted(text(alone), left, left == 1 ? "trial" : "trials", measured, measured == 1 ? "run" : "runs");
        return atOnce == 1
                ? one
                : one + "; %d at once, which share the processors if that is where they run".formatted(atOnce);
    }

    private static String text(Duration time) {
        if (time.toHours() > 0) {
            return String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
