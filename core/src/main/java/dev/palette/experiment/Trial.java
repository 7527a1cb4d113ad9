package dev.palette.experiment;

import dev.palette.adapter.Adapter;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import dev.palette.storage.FileDigest;
import dev.palette.task.Head;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One point of an experiment's sweep with one seed: everything that changes numbers, and nothing else. Where data lie, which
 * device computes and which folder holds the run are no part of it.
 *
 * @param encoder where the encoder comes from; a model of the hub at a commit
 * @param layers layers kept, counted from the embeddings; 0 for all
 * @param tasks what is learnt together, in order
 * @param adapter the parameters added to the encoder
 * @param sampling which task the next batch comes from
 * @param training how it is trained
 * @param seed the root of every random stream
 */
public record Trial(
        EncoderSource encoder,
        int layers,
        List<Task> tasks,
        Adapter adapter,
        TaskSampling sampling,
        Training training,
        long seed) {

    /**
     * Counts changes of the program after which the same trial gives other numbers. Kept in a run's provenance, not in the id:
     * the question stayed the same, its earlier answers are stale.
     */
    public static final int NUMERICS_VERSION = 3;

    /** Copies the list of tasks. */
    public Trial {
        if (encoder instanceof EncoderSource.Hub hub && !hub.isPinned()) {
            throw new PaletteException("encoder is %s at %s, expected the whole commit, which alone is always the same"
                    .formatted(hub.model(), hub.revision()));
        }
        Range.atLeast("layers", layers, 0);
        tasks = List.copyOf(tasks);
    }

    /**
     * Checks that the training fits the model.
     *
     * @param whole sizes of the encoder, before layers are left out
     * @throws dev.palette.spec.PaletteException when sequences are too long for it, or training speaks of parameters that it hasn't
     */
    public void requireFits(BertConfig whole) {
        training.requirePositions(whole);
        BertConfig kept = layers == 0 ? whole : whole.withLayers(layers);
        Map<String, Head> heads = new LinkedHashMap<>();
        tasks.forEach(task -> heads.put(task.name(), task.head()));
        training.requireParameters(() -> MultiTaskModel.parameters(kept, adapter, heads));
    }

    /** The canonical JSON: keys in order, no white space, one text for one trial ({@link TrialJson}). */
    public String json() {
        return TrialJson.write(this);
    }

    /** The trial without what leaves the numbers as they are: whether layers are recomputed. */
    public Trial question() {
        Training remembering = training.toBlock().recompute(false).build();
        return new Trial(encoder, layers, tasks, adapter, sampling, remembering, seed);
    }

    /** The first 16 hexadecimal digits of the SHA-256 of the {@link #question()}'s {@link #json()}; names the folder of the run. */
    public String id() {
        return FileDigest.sha256(question().json().getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }
}
