package dev.palette.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palette.experiment.Trial;
import dev.palette.pretrained.FingerprintMemory;
import dev.palette.task.DataFingerprint;
import dev.palette.task.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By what a run was made: {@code provenance.json}. Written when a run first starts and never changed; a run that is continued
 * keeps its number of threads and its kernel path, on which the last bits of its numbers hang.
 *
 * @param started when, in UTC (ISO 8601)
 * @param palette Palette's version
 * @param commit git commit of Palette, or {@code unknown}
 * @param libraries versions of the libraries that compute, by name
 * @param java the JVM's name and version
 * @param system operating system, version and architecture
 * @param processor the processor's name
 * @param device what computed: {@code cpu}, or {@code cuda:0}
 * @param kernels the path of the matrix products that was measured as the fastest
 * @param threads threads of the engine
 * @param replicas between which each batch was divided, with so many threads each
 * @param seed the trial's
 * @param weights SHA-256 of the pretrained weights
 * @param data SHA-256 of each data file, by {@code <task>/<split>}
 * @param numerics {@link Trial#NUMERICS_VERSION}
 * @param cluster where on a cluster it began; null at home
 */
public record Provenance(
        String started,
        String palette,
        String commit,
        SortedMap<String, String> libraries,
        String java,
        String system,
        String processor,
        String device,
        String kernels,
        int threads,
        int replicas,
        long seed,
        String weights,
        SortedMap<String, String> data,
        int numerics,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Cluster cluster) {

    /** Copies the maps. */
    public Provenance {
        device = device.equals("cpu()") ? "cpu" : device; // as it was written before there was a choice
        libraries = Collections.unmodifiableSortedMap(new TreeMap<>(libraries));
        data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    }

    /**
     * What a run that starts now, here, is made by, with one replica.
     *
     * @param data from {@link #fingerprints}
     */
    public static Provenance present(
            Trial trial, String device, String kernels, int threads, String weights, Map<String, String> data) {
        Build build = Build.running();
        return new Provenance(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                build.version(),
                build.commit(),
                build.libraries(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                Stream.of("os.name", "os.version", "os.arch")
                        .map(System::getProperty)
                        .collect(Collectors.joining(" ")),
                Processor.present().name(),
                device,
                kernels,
                threads,
                1,
                trial.seed(),
                weights,
                new TreeMap<>(data),
                Trial.NUMERICS_VERSION,
                null);
    }

    /** The same with so many replicas. */
    public Provenance withReplicas(int count) {
        return new Provenance(
                started, palette, commit, libraries, java, system, processor, device, kernels, threads, count, seed,
                weights, data, numerics, cluster);
    }

    /** The same on a cluster's machine; null for home. */
    public Provenance on(@Nullable Cluster place) {
        return new Provenance(
                started, palette, commit, libraries, java, system, processor, device, kernels, threads, replicas, seed,
                weights, data, numerics, place);
    }

    /**
     * SHA-256 of every data file of some tasks, by {@code <task>/<split>}.
     *
     * @param memory knows those of files that have not changed
     */
    public static SortedMap<String, String> fingerprints(
            Collection<? extends Task> tasks, Path dataDirectory, FingerprintMemory memory) {
        SortedMap<String, String> fingerprints = new TreeMap<>();
        for (Task task : tasks) {
            DataFingerprint.of(task, dataDirectory, memory)
                    .forEach((split, hash) -> fingerprints.put(task.name() + "/" + split.label(), hash));
        }
        return fingerprints;
    }

    /**
     * SHA-256 of every file that a trial reads beside the encoder: its tasks' data, and by {@code adapters/<file>} the trained adapters
     * that it starts from.
     *
     * @param data those of its tasks' files, from {@link #fingerprints}
     * @param memory knows those of files that have not changed
     */
    public static SortedMap<String, String> fingerprints(
            Trial trial, SortedMap<String, String> data, FingerprintMemory memory) {
        SortedMap<String, String> fingerprints = new TreeMap<>(data);
        trial.adapter().files().forEach(file -> fingerprints.put("adapters/" + file, memory.sha256(Path.of(file))));
        return fingerprints;
    }

    /**
     * Why numbers made by this are no answer today; empty when they are. Other data, other weights and other numerics count;
     * another machine, number of threads or version of a library changes the last bits alone.
     */
    public List<Change> changes(Provenance present) {
        List<Change> changes = new ArrayList<>();
        if (numerics != present.numerics) {
            changes.add(new Change("numerics version", Integer.toString(numerics), Integer.toString(present.numerics)));
        }
        if (!weights.equals(present.weights)) {
            changes.add(new Change("pretrained weights", brief(weights), brief(present.weights)));
        }
        data.forEach((file, hash) -> {
            String now = present.data.get(file);
            if (!hash.equals(now)) {
                changes.add(new Change("data file " + file, brief(hash), now == null ? Change.ABSENT : brief(now)));
            }
        });
        return changes;
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
