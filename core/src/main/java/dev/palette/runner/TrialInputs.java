package dev.palette.runner;

import dev.palette.adapter.AdapterFile;
import dev.palette.execution.TrialOrder;
import dev.palette.experiment.Trial;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.FingerprintMemory;
import dev.palette.remote.DownloadProgress;
import dev.palette.result.DiskUse;
import dev.palette.result.Provenance;
import dev.palette.spec.PaletteException;
import dev.palette.task.Task;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The encoders and data files that some trials need, found and fingerprinted once however many trials share them. */
final class TrialInputs {
    /** What a result hangs on does not include the kernel, which is measured where a trial begins. */
    private static final KernelChoice ANY = new KernelChoice(Product.MATMUL, 1);

    private final String experiment;
    private final RunOptions options;
    private final Path data;
    private final boolean judged;
    private final EncoderStore store;
    private final FingerprintMemory memory;
    private final Map<EncoderSource, EncoderFiles> encoders = new HashMap<>();
    private final Map<List<Task>, SortedMap<String, String>> fingerprints = new HashMap<>();

    /**
     * Finds what the trials need.
     *
     * @param downloads hears of weights being fetched
     * @param trials those that are known already
     * @param judged whether trials are judged on their way
     * @throws PaletteException when something is missing or doesn't fit
     */
    TrialInputs(String experiment, List<Trial> trials, boolean judged, RunOptions options, DownloadProgress downloads) {
        this.experiment = experiment;
        this.options = options;
        Path folder = options.dataDir();
        if (folder == null) {
            throw new PaletteException(
                    "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'");
        }
        this.data = folder;
        this.judged = judged;
        this.store = new EncoderStore(options.cacheDir(), downloads);
        this.memory = FingerprintMemory.in(options.cacheDir());
        for (Trial trial : trials) {
            trial.requireFits(encoder(trial).config());
            requireBase(trial);
            fingerprints(trial);
        }
    }

    /** What a worker is to be told of one of the trials, with a kernel and one replica to be replaced. */
    TrialOrder order(Trial trial) {
        trial.requireFits(encoder(trial).config());
        requireBase(trial);
        return new TrialOrder(
                trial.json(),
                experiment,
                options.out().toAbsolutePath(),
                data.toAbsolutePath(),
                options.cacheDir().toAbsolutePath(),
                judged,
                options.predictTest(),
                options.checkpoints().interval().toMillis(),
                options.checkpoints().steps(),
                options.checkpoints().keep(),
                ANY,
                1,
                encoder(trial).fingerprint(),
                fingerprints(trial),
                null);
    }

    /** What one of the trials takes of the disk. */
    DiskUse disk(Trial trial) {
        BertConfig whole = encoder(trial).config();
        BertConfig kept = trial.layers() == 0 ? whole : whole.withLayers(trial.layers());
        return DiskUse.of(trial, kept, options.checkpoints(), data);
    }

    /** Adapters that were trained on another encoder are found before anything is trained. */
    private void requireBase(Trial trial) {
        for (String file : trial.adapter().files()) {
            try (AdapterFile adapters = AdapterFile.open(Path.of(file))) {
                adapters.requireBase(trial.encoder().text(), encoder(trial).fingerprint());
            }
        }
    }

    private EncoderFiles encoder(Trial trial) {
        return encoders.computeIfAbsent(trial.encoder(), store::resolve);
    }

    private SortedMap<String, String> fingerprints(Trial trial) {
        return Provenance.fingerprints(
                trial,
                fingerprints.computeIfAbsent(trial.tasks(), tasks -> Provenance.fingerprints(tasks, data, memory)),
                memory);
    }
}
