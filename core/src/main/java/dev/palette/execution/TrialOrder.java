package dev.palette.execution;

import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.KernelChoice;
import dev.palette.result.Cluster;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.CheckpointPlan.Keep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a process needs to be told to bring one trial to its result; it can be written as JSON and shipped. What takes long to
 * find out, checksums and the fastest kernel, has been found out once for all of an experiment's trials.
 *
 * @param trial its {@link Trial#json()}
 * @param experiment the experiment's name
 * @param out the folder of all experiments' runs
 * @param data the folder that holds the tasks' folders
 * @param cache the folder of everything that is kept
 * @param judged whether the trial waits for a judgement after each evaluation
 * @param predictTest whether the test sets that are there are predicted too
 * @param checkpointMillis the longest time between two checkpoints, in milliseconds
 * @param checkpointSteps steps between two checkpoints; 0 for the clock alone
 * @param keep which of them a finished run keeps
 * @param kernel for a run that begins; one that goes on keeps its own
 * @param replicas between which a run that begins divides each batch, on as many GPUs where the kernel's device is one
 * @param weights SHA-256 of the pretrained weights
 * @param files SHA-256 of each data file, by {@code <task>/<split>}
 * @param cluster where on a cluster it is carried out; null at home
 */
public record TrialOrder(
        String trial,
        String experiment,
        Path out,
        Path data,
        Path cache,
        boolean judged,
        boolean predictTest,
        long checkpointMillis,
        int checkpointSteps,
        Keep keep,
        KernelChoice kernel,
        int replicas,
        String weights,
        SortedMap<String, String> files,
        @Nullable Cluster cluster) {
    /** Copies the map. */
    public TrialOrder {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * The trial, read.
     *
     * @param vocabulary the words it may use
     */
    public Trial trial(Vocabulary vocabulary) {
        return TrialJson.read(trial, vocabulary);
    }

    /** The same order, to be carried out by another kernel and as many replicas. */
    public TrialOrder by(KernelChoice choice, int count) {
        return new TrialOrder(
                trial,
                experiment,
                out,
                data,
                cache,
                judged,
                predictTest,
                checkpointMillis,
                checkpointSteps,
                keep,
                choice,
                count,
                weights,
                files,
                cluster);
    }

    /** The same order, to be carried out on a cluster. */
    public TrialOrder on(Cluster place) {
        return new TrialOrder(
                trial,
                experiment,
                out,
                data,
                cache,
                judged,
                predictTest,
                checkpointMillis,
                checkpointSteps,
                keep,
                kernel,
                replicas,
                weights,
                files,
                place);
    }

    /** Where its run lies. */
    RunDirectory run(Trial read) {
        return RunDirectory.of(out, experiment, read);
    }

    /** What the run would be made by if it began now. */
    Provenance present(Trial read) {
        return Provenance.present(
                        read, kernel.device().toString(), kernel.product().name(), kernel.threads(), weights, files)
                .withReplicas(replicas)
                .on(cluster);
    }

    /** When checkpoints are written, and which stay. */
    CheckpointPlan checkpoints() {
        return new CheckpointPlan(Duration.ofMillis(checkpointMillis), checkpointSteps, keep);
    }
}
