package dev.palette.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Settings;
import dev.palette.train.Training;
import dev.palette.words.Spelling;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every setting that counts for something, with its value and where that comes from. */
final class SettingsTable {
    private static final String NOT_SET = "not set";

    /** One line. */
    private record Row(String key, String value, String origin) {}

    private final Settings settings;
    private final Spelling spelling;
    private final Training training;
    private final RunPlan plan;
    private final List<Long> seeds;
    private final Set<String> varying;
    private final List<Row> rows = new ArrayList<>();

    private SettingsTable(
            Settings settings,
            Spelling spelling,
            Training training,
            RunPlan plan,
            List<Long> seeds,
            Set<String> varying) {
        this.settings = settings;
        this.spelling = spelling;
        this.training = training;
        this.plan = plan;
        this.seeds = seeds;
        this.varying = varying;
        settings.allKeys().forEach(this::add);
    }

    /** As they are where no script is. */
    static SettingsTable of(Settings settings, Spelling spelling) {
        Training.Options block = settings.belowScript(new Training.Options(), "train");
        List<Long> seeds = settings.seedsAboveScript()
                .or(settings::seedsBelowScript)
                .orElseGet(() -> LongStream.of(1).boxed().toList());
        return new SettingsTable(
                settings, spelling, settings.aboveScript(block, "train").build(), settings.runPlan(), seeds, Set.of());
    }

    /** As a script finds and changes them. */
    static SettingsTable of(ExperimentScript script, Spelling spelling) {
        Set<String> varying = script.experiment().axes().stream()
                .map(ExperimentAxis::path)
                .filter(path -> path.startsWith("training."))
                .map(path -> path.replaceFirst("training", "train"))
                .collect(Collectors.toSet());
        return new SettingsTable(
                script.settings(),
                spelling,
                script.experiment().training(),
                script.runPlan(),
                script.experiment().seeds(),
                varying);
    }

    private void add(String key) {
        value(key).ifPresent(value -> rows.add(new Row(key, value, settings.origin(key))));
    }

    /** What counts; nothing for an option that the value at hand has not, such as the factor of a recovery that stops. */
    private Optional<String> value(String key) {
        if (varying.contains(key)) {
            return Optional.of("varies");
        }
        return switch (key.split("\\.", 2)[0]) {
            case "train" -> in(training, key);
            case "run" -> in(plan, key);
            case "seeds" -> spelling.of(seeds);
            case "threads" -> Optional.of(Integer.toString(settings.threads()));
            case "cache" -> Optional.of(settings.cacheDirectory().toString());
            default -> settings.text(key).or(() -> Optional.of(NOT_SET));
        };
    }

    private Optional<String> in(Record block, String key) {
        Object value = block;
        for (String part : key.substring(key.indexOf('.') + 1).split("\\.", -1)) {
            Optional<Object> component = value instanceof Record record ? component(record, part) : Optional.empty();
            if (component.isEmpty()) {
                return Optional.empty();
            }
            value = component.get();
        }
        return spelling.of(value).or(() -> Optional.of("none"));
    }

    private static Optional<Object> component(Record record, String name) {
        return Stream.of(record.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> read(record, component));
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException("a description is public, and its components are read", e);
        }
    }

    /** For a person: key, value and origin in columns. */
    String text() {
        int keys = rows.stream().mapToInt(row -> row.key().length()).max().orElse(0);
        int values = rows.stream().mapToInt(row -> row.value().length()).max().orElse(0);
        return rows.stream()
                .map(row -> String.format(
                        Locale.ROOT, "%-" + keys + "s  %-" + values + "s  %s", row.key(), row.value(), row.origin()))
                .collect(Collectors.joining("\n"));
    }

    /** For programs: an array with an object a setting. */
    ArrayNode json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row ->
                all.addObject().put("key", row.key()).put("value", row.value()).put("origin", row.origin()));
        return all;
    }
}
