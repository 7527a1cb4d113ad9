package dev.palette.experiment;

import dev.palette.adapter.Adapter;
import dev.palette.model.ParameterCounts;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.ReleasedEncoders;
import dev.palette.remote.DownloadProgress;
import dev.palette.task.Head;
import dev.palette.task.Task;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How large models are; makes no tensor and, for a released encoder, fetches nothing. What was counted once is remembered: many
 * variants of a sweep differ in what does not change their size.
 */
public final class ModelSizes {
    private final Path cacheDir;
    private final DownloadProgress downloads;
    private final Map<EncoderSource, BertConfig> encoders = new HashMap<>();
    private final Map<Model, ParameterCounts> counts = new HashMap<>();

    private record Model(EncoderSource encoder, int layers, Adapter adapter, Map<String, Head> heads) {}

    /**
     * Sizes of models.
     *
     * @param cacheDir the folder of downloaded and converted weights
     */
    public ModelSizes(Path cacheDir) {
        this(cacheDir, DownloadProgress.SILENT);
    }

    /**
     * Sizes of models.
     *
     * @param cacheDir the folder of downloaded and converted weights
     * @param downloads hears of encoders that are fetched, since their sizes are known by their files alone
     */
    public ModelSizes(Path cacheDir, DownloadProgress downloads) {
        this.cacheDir = cacheDir;
        this.downloads = downloads;
    }

    /** The model of a variant. */
    public ParameterCounts of(Variant variant) {
        Model model = new Model(variant.encoder(), variant.layers(), variant.adapter(), heads(variant.tasks()));
        return counts.computeIfAbsent(
                model, unseen -> ParameterCounts.of(encoder(variant), model.adapter(), model.heads()));
    }

    /** The sizes of a variant's encoder, with the layers that it keeps. */
    public BertConfig encoder(Variant variant) {
        BertConfig whole = whole(variant);
        return variant.layers() == 0 ? whole : whole.withLayers(variant.layers());
    }

    /** The sizes of a variant's encoder with all its layers. */
    public BertConfig whole(Variant variant) {
        return encoders.computeIfAbsent(variant.encoder(), this::whole);
    }

    private BertConfig whole(EncoderSource source) {
        return source instanceof EncoderSource.Released released
                ? new ReleasedEncoders().named(released.name()).config()
                : new EncoderStore(cacheDir, downloads).resolve(source).config();
    }

    private static Map<String, Head> heads(List<Task> tasks) {
        Map<String, Head> heads = new LinkedHashMap<>();
        tasks.forEach(task -> heads.put(task.name(), task.head()));
        return heads;
    }
}
