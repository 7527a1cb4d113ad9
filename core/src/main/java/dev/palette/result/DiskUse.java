package dev.palette.result;

import dev.palette.adapter.Declaration;
import dev.palette.experiment.Trial;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.BertConfig;
import dev.palette.storage.AtomicFile;
import dev.palette.task.Head;
import dev.palette.task.Split;
import dev.palette.task.Task;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.CheckpointPlan.Keep;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run takes of the disk, estimated from above before it starts. Checkpoints are all that counts; they are known to within
 * their headers. Predictions are taken to be as large as the files of the examples, and the log as nothing.
 *
 * @param peak the most bytes at any time
 * @param kept bytes when it is finished
 */
public record DiskUse(long peak, long kept) {
    /** Checkpoints to continue from while the next one is being written. */
    private static final int AT_A_TIME = 3;

    /** Bytes of a tensor's name and place in a file, and of its count of updates. */
    private static final int PER_TENSOR = 512;

    private static final int PER_STEP = 128;
    private static final int PER_EVALUATION = 2_048;

    /**
     * The estimate for a trial that begins anew.
     *
     * @param encoder sizes of the encoder, with the layers that are kept
     * @param plan when checkpoints are written and which stay
     * @param data the folder that holds the tasks' folders
     */
    public static DiskUse of(Trial trial, BertConfig encoder, CheckpointPlan plan, Path data) {
        Map<String, Head> heads = new LinkedHashMap<>();
        trial.tasks().forEach(task -> heads.put(task.name(), task.head()));
        List<Declaration> declared = MultiTaskModel.parameters(encoder, trial.adapter(), heads);
        long trained =
                values(declared.stream().filter(trial.training()::trainable).toList());
        long best = Float.BYTES * values(declared) + (long) PER_TENSOR * declared.size();
        long full = best + 2L * Float.BYTES * trained + 2L * PER_TENSOR * declared.size(); // two moments of Adam's
        long steps = trial.training().steps();
        long evaluations = evaluations(trial.training().evaluate(), steps);
        long numbered = plan.keep() == Keep.ALL ? steps / plan.steps() : 0;
        long files = PER_STEP * steps + PER_EVALUATION * evaluations + predictions(trial.tasks(), data);
        boolean goesBack = trial.training().onDivergence() instanceof Recovery.GoBack;
        long atOnce = numbered + AT_A_TIME + (goesBack ? 1 : 0); // to where training goes back, beside where it goes on
        long peak = atOnce * full + Math.min(atOnce, evaluations) * best + files;
        return new DiskUse(peak, numbered * full + best + files);
    }

    /** What it still needs where so many bytes of it are there already. */
    public DiskUse less(long there) {
        return new DiskUse(Math.max(0, peak - there), Math.max(0, kept - there));
    }

    private static long values(List<Declaration> declared) {
        return declared.stream().mapToLong(Declaration::size).sum();
    }

    private static long evaluations(EvaluationPlan plan, long steps) {
        return plan.every() == 0 ? 1 : steps / plan.every() + 1;
    }

    private static long predictions(List<Task> tasks, Path data) {
        long bytes = 0;
        for (Task task : tasks) {
            for (Map.Entry<Split, Path> file : task.files(data).entrySet()) {
                bytes += file.getKey() == Split.TRAIN ? 0 : size(file.getValue());
            }
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw AtomicFile.cannotRead(file, e);
        }
    }
}
