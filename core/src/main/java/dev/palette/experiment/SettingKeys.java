package dev.palette.experiment;

import dev.palette.train.Training;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every setting there is, and its name in the environment. */
final class SettingKeys {
    private static final String PREFIX = "PALETTE_";

    static final String DATA = "data.dir";
    static final String CACHE = "cache.dir";
    static final String OUT = "out";
    static final String THREADS = "threads";
    static final String SEEDS = "seeds";
    static final String CHECKPOINT_MINUTES = "checkpoint.minutes";
    static final String CHECKPOINT_STEPS = "checkpoint.steps";
    static final String CHECKPOINT_KEEP = "checkpoint.keep";
    static final String PREDICT_TEST = "predict.test";
    static final String PROFILE = "profile";

    /** Environment variables with our prefix that are no settings: the launcher's and the tests' own. */
    static final Set<String> RESERVED = Set.of("PALETTE_JAVA_OPTIONS", "PALETTE_BUILD_COMMAND", "PALETTE_TEST_DATA");

    /**
     * Begins the keys of what only plug-ins know: which words may follow is checked by who asks for them, {@link
     * Settings#switchedOn}.
     */
    static final String EXPORT = "export";

    private static final SortedSet<String> ALL = all();

    private SettingKeys() {}

    /** All keys, in alphabetical order. */
    static SortedSet<String> known() {
        return ALL;
    }

    /** Keys by environment variable: {@code PALETTE_TRAIN_BATCH_SIZE} to {@code train.batchSize}. */
    static Map<String, String> byVariable() {
        return known().stream().collect(Collectors.toMap(SettingKeys::variable, key -> key, (a, b) -> a, TreeMap::new));
    }

    /** Whether a key is known, or may be one that only plug-ins know. */
    static boolean mayBe(String key) {
        return isOpen(key) || ALL.contains(key);
    }

    /** Whether a key is one that only plug-ins know. */
    static boolean isOpen(String key) {
        return key.startsWith(EXPORT + ".");
    }

    /** The key of a variable that is nobody's but may be a plug-in's: {@code PALETTE_EXPORT_CSV_DIR} is {@code export.csv.dir}. */
    static Optional<String> open(String variable) {
        return variable.startsWith(variable(EXPORT) + "_")
                ? Optional.of(
                        variable.substring(PREFIX.length()).replace('_', '.').toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static String variable(String key) {
        return PREFIX
                + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static SortedSet<String> all() {
        SortedSet<String> keys = BlockOptions.keys("train", Training.Options.class);
        keys.addAll(BlockOptions.keys("run", RunPlan.Options.class));
        keys.addAll(List.of(
                DATA,
                CACHE,
                OUT,
                THREADS,
                SEEDS,
                CHECKPOINT_MINUTES,
                CHECKPOINT_STEPS,
                CHECKPOINT_KEEP,
                PREDICT_TEST,
                PROFILE));
        return Collections.unmodifiableSortedSet(keys);
    }
}
