package dev.palette.execution;

import dev.palette.adapter.Adapter;
import dev.palette.experiment.Experiment;
import dev.palette.model.ParameterCounts;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.DownloadProgress;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.ReleasedEncoders;
import dev.palette.task.Head;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How large an experiment's models are; makes no tensor and, for a released encoder, fetches nothing. */
public final class ModelSizes {
    private ModelSizes() {}

    /**
     * The model of each of an experiment's architectures.
     *
     * @return counts by adapter, in the experiment's order
     */
    public static Map<Adapter, ParameterCounts> parameters(Experiment experiment, Path cacheDir) {
        BertConfig encoder = encoder(experiment, cacheDir);
        Map<String, Head> heads = TrialExecution.heads(experiment.tasks());
        Map<Adapter, ParameterCounts> counts = new LinkedHashMap<>();
        experiment.adapters().forEach(adapter -> counts.put(adapter, ParameterCounts.of(encoder, adapter, heads)));
        return counts;
    }

    /** The sizes of an experiment's encoder, with the layers that it keeps. */
    public static BertConfig encoder(Experiment experiment, Path cacheDir) {
        BertConfig whole = experiment.encoder() instanceof EncoderSource.Released released
                ? new ReleasedEncoders().named(released.name()).config()
                : new EncoderStore(cacheDir, DownloadProgress.SILENT)
                        .resolve(experiment.encoder())
                        .config();
        return TrialExecution.config(experiment.layers(), whole);
    }
}
