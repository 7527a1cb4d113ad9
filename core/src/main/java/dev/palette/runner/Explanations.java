package dev.palette.runner;

import dev.palette.experiment.Experiment;
import dev.palette.pretrained.DownloadProgress;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.FingerprintMemory;
import dev.palette.result.Explainer;
import dev.palette.result.Explanation;
import dev.palette.result.Provenance;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Says what running an experiment would do with each of its trials, and why; runs none. */
public final class Explanations {
    private static final String NOT_MEASURED = "not measured";

    private Explanations() {}

    /**
     * One explanation a trial, in the experiment's order.
     *
     * @param downloads hears of weights being fetched: what a trial is made by is known from their fingerprint
     * @throws PaletteException when data or weights cannot be read
     */
    public static List<Explanation> of(Experiment experiment, RunOptions options, DownloadProgress downloads) {
        Path data = options.dataDir();
        if (data == null) {
            throw new PaletteException(
                    "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'");
        }
        String weights = new EncoderStore(options.cacheDir(), downloads)
                .resolve(experiment.encoder())
                .fingerprint();
        Map<String, String> files =
                Provenance.fingerprints(experiment.tasks(), data, FingerprintMemory.in(options.cacheDir()));
        Explainer explainer = new Explainer(options.out(), experiment.name());
        return experiment.trials().stream()
                .map(trial -> explainer.explain(
                        trial, Provenance.present(trial, NOT_MEASURED, NOT_MEASURED, 0, weights, files)))
                .toList();
    }
}
