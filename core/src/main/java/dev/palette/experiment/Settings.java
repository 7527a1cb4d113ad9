package dev.palette.experiment;

import dev.palette.hub.HubPlaces;
import dev.palette.spec.Block;
import dev.palette.spec.Description;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.CheckpointPlan.Keep;
import dev.palette.train.Training;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.commons.configuration2.CombinedConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The settings, in layers, each over the one before:
 *
 * <ol>
 *   <li>defaults on the class path;
 *   <li>{@code $XDG_CONFIG_HOME/palette/palette.properties}, by default in {@code ~/.config};
 *   <li>{@code palette.properties} beside the script;
 *   <li>the environment: {@code PALETTE_TRAIN_BATCH_SIZE} is {@code train.batchSize};
 *   <li>the script;
 *   <li>{@code --set key=value}.
 * </ol>
 *
 * <p>Keys are {@code data.dir}, {@code cache.dir}, {@code out}, {@code threads}, {@code seeds}, {@code checkpoint.minutes},
 * {@code checkpoint.steps}, {@code checkpoint.keep}, {@code predict.test}, {@code profile}, and every option of the
 * {@code run} block, of the {@code train} block and of the blocks in it ({@code train.optimizer.learningRate}). An unknown key
 * in any layer is an error; of {@code export} it is found when runs are exported, since plug-ins bring its words. A relative path starts from the folder of the file it stands in, else from the working
 * directory. A value may refer to another by <code>${key}</code>, and to the environment by <code>${env:HOME}</code>.
 *
 * <p>Immutable. Blocks take their values from it in two steps: {@link #belowScript} before the script's own options are
 * applied, {@link #aboveScript} after.
 */
public final class Settings {
    private static final String SCRIPT = "script";
    private static final double NANOS_A_MINUTE = 60e9;

    private final List<SettingsLayer> below;
    private final SettingsLayer script;
    private final SettingsLayer above;
    private final Sources sources;
    private final Map<String, String> places;

    private Settings(List<SettingsLayer> below, SettingsLayer script, SettingsLayer above, Sources sources) {
        this(below, script, above, sources, Map.of());
    }

    private Settings(
            List<SettingsLayer> below,
            SettingsLayer script,
            SettingsLayer above,
            Sources sources,
            Map<String, String> places) {
        this.places = Map.copyOf(places);
        this.below = below;
        this.script = script;
        this.above = above;
        this.sources = sources;
    }

    /**
     * What the layers are read from.
     *
     * @param script the script's file, or null where a program describes the experiment
     * @param assignments {@code key=value} from the command line
     * @param environment all environment variables
     * @param home the user's home folder
     * @param workingDirectory where the program was started
     */
    public record Sources(
            @Nullable Path script,
            List<String> assignments,
            Map<String, String> environment,
            Path home,
            Path workingDirectory) {

        /** This process's environment, home and working directory. */
        public static Sources ofProcess(@Nullable Path script, List<String> assignments) {
            return new Sources(
                    script,
                    assignments,
                    System.getenv(),
                    Path.of(System.getProperty("user.home")),
                    Path.of("").toAbsolutePath());
        }

        private Path folder(String variable, String other) {
            String set = environment.getOrDefault(variable, ""); // the XDG rules: empty or relative counts as unset
            return set.isEmpty() || !Path.of(set).isAbsolute() ? home.resolve(other) : Path.of(set);
        }
    }

    /** The defaults alone: no file, no environment, no command line. */
    public static Settings defaults() {
        return defaults(Sources.ofProcess(null, List.of()));
    }

    private static Settings defaults(Sources sources) {
        return new Settings(
                List.of(SettingsLayer.defaults(sources.workingDirectory())),
                SettingsLayer.empty(SCRIPT),
                SettingsLayer.empty("command line"),
                sources);
    }

    /**
     * Reads all layers but the script's own and checks every value.
     *
     * @throws PaletteException for an unknown key, or a value of a wrong type or range; names the place
     */
    public static Settings load(Sources sources) {
        List<SettingsLayer> below = new ArrayList<>(defaults(sources).below);
        Path user =
                sources.folder("XDG_CONFIG_HOME", ".config").resolve("palette").resolve("palette.properties");
        below.add(SettingsLayer.file("user", user));
        if (sources.script() != null) {
            below.add(SettingsLayer.file("beside the script", sources.script().resolveSibling("palette.properties")));
        }
        below.add(SettingsLayer.environment(sources.environment(), sources.workingDirectory()));
        SettingsLayer above = SettingsLayer.assignments(sources.assignments(), sources.workingDirectory());
        Settings settings = new Settings(List.copyOf(below), SettingsLayer.empty(SCRIPT), above, sources);
        settings.check();
        return settings;
    }

    /**
     * The same with one more value in the script's layer, for what a script sets outside blocks ({@code data.dir}, {@code
     * out}).
     *
     * @param place file and line
     * @throws PaletteException when the key is unknown or the value wrong
     */
    public Settings withScript(String key, String value, String place) {
        SettingsLayer.requireKnown(key, place);
        Path file = sources.script();
        Path folder = file == null
                ? sources.workingDirectory()
                : file.toAbsolutePath().resolveSibling("");
        Map<String, Setting> values = new LinkedHashMap<>(script.values());
        values.put(key, new Setting(key, value, place, folder));
        Settings changed = new Settings(below, new SettingsLayer(SCRIPT, values), above, sources);
        changed.check();
        return changed;
    }

    /**
     * The same, knowing where a script gave options of blocks, which it keeps in the blocks themselves: {@link #origin} tells.
     *
     * @param placeByKey file and line by key
     */
    public Settings withPlaces(Map<String, String> placeByKey) {
        return new Settings(below, script, above, sources, placeByKey);
    }

    /** {@code block} with the values that files and environment give to its options; {@code prefix} is the block's key. */
    public <B extends Block<?>> B belowScript(B block, String prefix) {
        BlockOptions.apply(block, prefix, resolve(below));
        return block;
    }

    /** {@code block} with the values that the command line gives to its options; {@code prefix} is the block's key. */
    public <B extends Block<?>> B aboveScript(B block, String prefix) {
        BlockOptions.apply(block, prefix, resolve(List.of(above)));
        return block;
    }

    /** Whether the command line sets a key, so that what a script says of it does not count. */
    public boolean isSetAbove(String key) {
        return above.values().containsKey(key);
    }

    /** Seeds from files or environment. */
    public Optional<List<Long>> seedsBelowScript() {
        return seeds(below);
    }

    /** Seeds from the command line. */
    public Optional<List<Long>> seedsAboveScript() {
        return seeds(List.of(above));
    }

    /** The folder of the data, if one is set: {@code data.dir}. */
    public Optional<Path> dataDirectory() {
        return path(SettingKeys.DATA);
    }

    /** Where what was fetched or made is kept: {@code cache.dir}, by default {@code palette} in the user's cache folder. */
    public Path cacheDirectory() {
        return path(SettingKeys.CACHE)
                .orElseGet(() -> sources.folder("XDG_CACHE_HOME", ".cache").resolve("palette"));
    }

    /** Where the Hugging Face hub and its cache are, by its own environment variables. */
    HubPlaces hub() {
        return HubPlaces.of(sources.environment(), sources.home());
    }

    /** The folder of all runs: {@code out}, by default {@code runs} in the working directory. */
    public Path out() {
        return path(SettingKeys.OUT).orElseThrow();
    }

    /** Threads of a trial: {@code threads}, by default one a processor. */
    public int threads() {
        return value(SettingKeys.THREADS, setting -> Range.atLeast(setting.key(), (int) parse(setting, int.class), 1))
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    /**
     * When checkpoints are written and which of them stay: {@code checkpoint.minutes}, 10 by default; {@code checkpoint.steps}, 0
     * by default, for none by the step's number; {@code checkpoint.keep}, {@code best} by default, else {@code all}.
     */
    public CheckpointPlan checkpoints() {
        double minutes = value(
                        SettingKeys.CHECKPOINT_MINUTES,
                        setting -> Range.positive(setting.key(), (double) parse(setting, double.class)))
                .orElseThrow();
        int steps = value(
                        SettingKeys.CHECKPOINT_STEPS,
                        setting -> Range.atLeast(setting.key(), (int) parse(setting, int.class), 0))
                .orElseThrow();
        Keep keep = value(SettingKeys.CHECKPOINT_KEEP, setting -> (Keep) parse(setting, Keep.class))
                .orElseThrow();
        return new CheckpointPlan(Duration.ofNanos(Math.max(1, Math.round(minutes * NANOS_A_MINUTE))), steps, keep);
    }

    /**
     * Whether a finished trial also predicts the test sets that are there, which takes as long as they are large: {@code
     * predict.test}, {@code false} by default.
     */
    public boolean predictTest() {
        return value(SettingKeys.PREDICT_TEST, setting -> (boolean) parse(setting, boolean.class))
                .orElseThrow();
    }

    /** Which of its {@linkplain Experiment.Options#profile profiles} an experiment takes: {@code profile}; by default none. */
    public Optional<String> profile() {
        return text(SettingKeys.PROFILE).filter(name -> !name.isEmpty());
    }

    /**
     * What settings switch on of a family that they alone speak of, by {@code <family>.<word> = true} or by one of the word's options,
     * {@code <family>.<word>.<option>}. In the environment only options of one word can be set: {@code PALETTE_EXPORT_CSV_DIR}.
     *
     * @param family its name begins the keys
     * @param vocabulary the words that there are
     * @throws PaletteException for a word or an option that there is not, or a wrong value; names the place
     */
    public <T extends Description> List<T> switchedOn(WordFamily<T> family, Vocabulary vocabulary) {
        List<Setting> own = resolve(all()).stream()
                .filter(setting -> setting.key().startsWith(family.name() + "."))
                .toList();
        return new SwitchedOn<>(family.name(), vocabulary.words(family), own).values();
    }

    /** Every key there is, but for those below {@code export}, which plug-ins bring; in alphabetical order. */
    public static SortedSet<String> keys() {
        return SettingKeys.known();
    }

    /** Every key there is, and those below {@code export} that somebody has set; in alphabetical order. */
    public SortedSet<String> allKeys() {
        return new TreeSet<>(keys(all()));
    }

    /** The text that counts for a key, references in it resolved; empty where no layer sets it. */
    public Optional<String> text(String key) {
        return setting(key).map(Setting::text);
    }

    /**
     * Where the value that counts for a key was set: file and line, {@code environment variable PALETTE_OUT}, {@code --set},
     * the script's place, or {@code default}.
     */
    public String origin(String key) {
        if (places.containsKey(key) && !isSetAbove(key)) {
            return String.valueOf(places.get(key));
        }
        return setting(key).map(Setting::origin).orElse(SettingsLayer.DEFAULT);
    }

    /** How trials are run, as files, environment and command line say: the block {@code run}. */
    public RunPlan runPlan() {
        return runPlan(belowScript(new RunPlan.Options(), "run").build());
    }

    /** How trials are run, as a script says, but for what the command line says. */
    public RunPlan runPlan(RunPlan ofScript) {
        return aboveScript(ofScript.toBlock(), "run").build();
    }

    private void check() {
        dataDirectory();
        cacheDirectory();
        out();
        threads();
        checkpoints();
        predictTest();
        seedsBelowScript();
        seedsAboveScript();
        BlockOptions.apply(new Training.Options(), "train", resolve(below));
        BlockOptions.apply(new Training.Options(), "train", resolve(List.of(above)));
        runPlan();
    }

    private Optional<List<Long>> seeds(List<SettingsLayer> layers) {
        return resolve(layers).stream()
                .filter(setting -> setting.key().equals(SettingKeys.SEEDS))
                .findFirst()
                .map(setting -> convert(setting, s -> SettingText.seeds(s.text())));
    }

    private Optional<Path> path(String key) {
        return value(key, setting -> (Path) parse(setting, Path.class));
    }

    private <T> Optional<T> value(String key, Function<Setting, T> conversion) {
        return setting(key).map(setting -> convert(setting, conversion));
    }

    private static <T> T convert(Setting setting, Function<Setting, T> conversion) {
        try {
            return conversion.apply(setting);
        } catch (PaletteException e) {
            throw setting.refused(e);
        }
    }

    private static Object parse(Setting setting, Class<?> type) {
        return new SettingText(setting.base()).parse(type, setting.text(), null);
    }

    private Optional<Setting> setting(String key) {
        SettingsLayer.requireKnown(key, "settings");
        return resolve(all()).stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    private List<SettingsLayer> all() {
        List<SettingsLayer> layers = new ArrayList<>(below);
        layers.add(script);
        layers.add(above);
        return layers;
    }

    /** The settings of some layers, lowest first, each key once with its highest value; references look at all layers. */
    private List<Setting> resolve(List<SettingsLayer> layers) {
        CombinedConfiguration everything = combine(all());
        List<Setting> resolved = new ArrayList<>();
        for (String key : keys(layers)) {
            for (int i = layers.size() - 1; i >= 0; i--) {
                Setting setting = layers.get(i).values().get(key);
                if (setting != null) {
                    String text = String.valueOf(everything.getInterpolator().interpolate(setting.text()));
                    resolved.add(new Setting(key, text, setting.origin(), setting.base()));
                    break;
                }
            }
        }
        return resolved;
    }

    /** The known keys and those that only plug-ins know. */
    private static Set<String> keys(List<SettingsLayer> layers) {
        Set<String> keys = new TreeSet<>(SettingKeys.known());
        layers.forEach(layer ->
                layer.values().keySet().stream().filter(SettingKeys::isOpen).forEach(keys::add));
        return keys;
    }

    private static CombinedConfiguration combine(List<SettingsLayer> layers) {
        CombinedConfiguration combined = new CombinedConfiguration(); // the first that has a key wins
        for (int i = layers.size() - 1; i >= 0; i--) {
            combined.addConfiguration(
                    layers.get(i).configuration(), layers.get(i).name());
        }
        return combined;
    }
}
