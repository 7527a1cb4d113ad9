package dev.palette.experiment;

import dev.palette.train.Training;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every setting there is, and its name in the environment. */
final class SettingKeys {
    static final String DATA = "data.dir";
    static final String CACHE = "cache.dir";
    static final String OUT = "out";
    static final String THREADS = "threads";
    static final String SEEDS = "seeds";
    static final String CHECKPOINT_MINUTES = "checkpoint.minutes";
    static final String CHECKPOINT_STEPS = "checkpoint.steps";
    static final String CHECKPOINT_KEEP = "checkpoint.keep";
    static final String PREDICT_TEST = "predict.test";

    /** Environment variables with our prefix that are no settings: the launcher's and the tests' own. */
    static final Set<String> RESERVED = Set.of("PALETTE_JAVA_OPTIONS", "PALETTE_BUILD_COMMAND", "PALETTE_TEST_DATA");

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

    private static String variable(String key) {
        return "PALETTE_"
                + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static SortedSet<String> all() {
        SortedSet<String> keys = BlockOptions.keys("train", Training.Options.class);
        keys.addAll(BlockOptions.keys("run", RunPlan.Options.class));
        keys.addAll(List.of(
                DATA, CACHE, OUT, THREADS, SEEDS, CHECKPOINT_MINUTES, CHECKPOINT_STEPS, CHECKPOINT_KEEP, PREDICT_TEST));
        return Collections.unmodifiableSortedSet(keys);
    }
}
