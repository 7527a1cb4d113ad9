package dev.palette.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palette.experiment.StrictJson;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.Device;
import dev.palette.kernel.KernelChoice;
import dev.palette.mpi.MpiJob;
import dev.palette.mpi.MpiProcess;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.FingerprintMemory;
import dev.palette.remote.DownloadProgress;
import dev.palette.result.Processor;
import dev.palette.result.Provenance;
import dev.palette.spec.DivergedException;
import dev.palette.spec.PaletteException;
import dev.palette.train.StopSignal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/**
 * A rank of a job that does what rank 0 says: it loads the trials that it is told of and trains its share. It reads the data and the
 * weights of its own machine, which have to be rank 0's; it writes nothing but its cache.
 */
public final class JobFollower {
    private static final byte[] NOTHING = {};

    private final MpiJob job;
    private final Vocabulary vocabulary;
    private final StopSignal stop;

    /**
     * A follower.
     *
     * @param stop asks to stop; the ranks agree on it, and all stop after the same step
     */
    public JobFollower(MpiJob job, Vocabulary vocabulary, StopSignal stop) {
        this.job = job;
        this.vocabulary = vocabulary;
        this.stop = stop;
    }

    /** Threads for one operation of a rank. */
    static int threads(MpiProcess process) {
        int bound = Runtime.getRuntime().availableProcessors();
        return process.threads(bound, Math.max(bound, Processor.count()));
    }

    /** The kernel with a rank's own device. */
    static KernelChoice own(KernelChoice choice, MpiProcess process) {
        return choice.device().isCuda() ? choice.on(Device.cuda(process.localRank())) : choice;
    }

    /** Follows until rank 0 has no more to do. */
    public void follow() {
        while (true) {
            byte[] told = job.communicator().broadcast(NOTHING);
            if (told.length == 0) {
                return;
            }
            follow(order(told));
        }
    }

    private static TrialOrder order(byte[] told) {
        try {
            return StrictJson.mapper().readValue(new String(told, StandardCharsets.UTF_8), TrialOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "rank 0 and this one are of one build, and yet it says what this one can't read", e);
        }
    }

    /** One trial; what stands in its way is for rank 0 to say. */
    private void follow(TrialOrder order) {
        TrialExecution execution = null;
        String problem = "";
        try {
            execution = prepared(order, order.trial(vocabulary));
        } catch (PaletteException e) {
            problem = String.valueOf(e.getMessage());
        }
        boolean all = job.communicator().allGather(problem.getBytes(StandardCharsets.UTF_8)).stream()
                .allMatch(said -> said.length == 0);
        if (!all || execution == null) {
            return;
        }
        try {
            execution.execute(
                    own(order.kernel(), job.process()), job.communicator(), order.checkpoints(), () -> {}, stop);
        } catch (DivergedException e) { // rank 0 knows as well, and goes on with another trial
            return;
        }
    }

    private TrialExecution prepared(TrialOrder order, Trial trial) {
        EncoderFiles encoder = new EncoderStore(order.cache(), DownloadProgress.SILENT).resolve(trial.encoder());
        requireSame("the pretrained weights", order.weights(), encoder.fingerprint());
        SortedMap<String, String> files =
                Provenance.fingerprints(trial.tasks(), order.data(), FingerprintMemory.in(order.cache()));
        for (Map.Entry<String, String> file : order.files().entrySet()) {
            requireSame("data file " + file.getKey(), file.getValue(), files.getOrDefault(file.getKey(), "absent"));
        }
        TrialReporter silent = new TrialReporter(trial, TrialListener.SILENT, stop);
        TrialData data = TrialData.load(order, trial, false, encoder, silent::message);
        return new TrialExecution(trial, data, encoder, order.cache(), order.run(trial), silent);
    }

    private static void requireSame(String what, String there, String here) {
        if (!there.equals(here)) {
            throw new PaletteException("%s differs from rank 0's: %s… there, %s… here; copy rank 0's to this host"
                    .formatted(what, brief(there), brief(here)));
        }
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
