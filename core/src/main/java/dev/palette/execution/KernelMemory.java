package dev.palette.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palette.experiment.StrictJson;
import dev.palette.kernel.Device;
import dev.palette.kernel.Fastest;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.result.Build;
import dev.palette.result.Processor;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which kernel was measured as the fastest, so that a machine measures it once and not at every start: one small file in
 * the cache folder for each processor, device, precision, number of threads and build of Palette. Without the file, the next start measures again.
 */
public final class KernelMemory {
    private static final Logger LOG = LoggerFactory.getLogger(KernelMemory.class);
    private static final int NAME_DIGITS = 16;

    private final Path folder;
    private final Measure measure;

    /**
     * A memory of measurements.
     *
     * @param cache the cache folder
     * @param measure takes one
     */
    public KernelMemory(Path cache, Measure measure) {
        this.folder = cache.resolve("kernels");
        this.measure = measure;
    }

    /** Finds the fastest of some ways to compute a product. */
    @FunctionalInterface
    public interface Measure {
        /** As {@link Kernel#measure}. */
        Fastest of(List<Product> candidates, int threads, Device device);
    }

    /** What a measurement hangs on: with anything else, it says nothing. */
    record Circumstances(
            String processor,
            String features,
            Device device,
            List<Product> candidates,
            int threads,
            String palette,
            String commit,
            SortedMap<String, String> libraries) {
        static Circumstances present(List<Product> candidates, int threads, Device device) {
            Processor processor = Processor.present();
            Build build = Build.running();
            return new Circumstances(
                    processor.name(),
                    processor.features(),
                    device,
                    candidates,
                    threads,
                    build.version(),
                    build.commit(),
                    build.libraries());
        }
    }

    /**
     * One measurement.
     *
     * @param day when, in UTC (ISO 8601)
     */
    record Measurement(String day, Circumstances circumstances, KernelChoice fastest) {}

    /**
     * The fastest of some ways to compute a product on a device, with a number of threads: as remembered, else measured now, which
     * takes seconds. Where the machine is too busy to tell, the first candidate is taken, and the next start measures again.
     *
     * @throws PaletteException when the cache cannot be read or written
     */
    public KernelChoice fastest(List<Product> candidates, int threads, Device device) {
        if (candidates.size() == 1) {
            return new KernelChoice(candidates.get(0), threads, device);
        }
        Circumstances present = Circumstances.present(candidates, threads, device);
        Path file = folder.resolve(name(present));
        Optional<Measurement> remembered =
                read(file).filter(measurement -> measurement.circumstances().equals(present));
        if (remembered.isPresent()) {
            Measurement known = remembered.get();
            LOG.info("{}, measured on {}; delete {} to measure again", known.fastest(), known.day(), file);
            return known.fastest();
        }
        Fastest found = measure.of(candidates, threads, device);
        if (found.decisive()) {
            String today = LocalDate.now(ZoneOffset.UTC).toString();
            AtomicFile.writeText(file, json(new Measurement(today, present, found.choice())) + "\n");
            LOG.info("{}, measured now; remembered in {}", found.choice(), file);
        } else {
            LOG.warn(
                    "the machine is too busy to tell which of {} is the fastest: {} without measurement",
                    candidates,
                    found.choice());
        }
        return found.choice();
    }

    private static Optional<Measurement> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StrictJson.mapper().readValue(Files.readString(file), Measurement.class));
        } catch (JsonProcessingException e) {
            LOG.warn("{} is damaged; the kernels are measured again: {}", file, e.getOriginalMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s; delete it".formatted(file, e), e);
        }
    }

    private static String name(Circumstances circumstances) {
        byte[] text = json(circumstances).getBytes(StandardCharsets.UTF_8);
        return FileDigest.sha256(text).substring(0, NAME_DIGITS) + ".json";
    }

    private static String json(Record record) {
        return StrictJson.mapper().valueToTree(record).toPrettyString();
    }
}
