package dev.palette.experiment;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.PropertiesConfiguration.PropertiesReader;

/**
 * One layer of the settings: where each value stands, and no value of a key that nobody knows.
 *
 * @param name names the layer
 * @param values the settings by key
 */
record SettingsLayer(String name, Map<String, Setting> values) {

    /** The origin of what nobody set. */
    static final String DEFAULT = "default";

    /** A layer without values. */
    static SettingsLayer empty(String name) {
        return new SettingsLayer(name, Map.of());
    }

    /** The defaults on the class path. */
    static SettingsLayer defaults(Path workingDirectory) {
        String resource = "defaults.properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(SettingsLayer.class.getResourceAsStream(resource)), StandardCharsets.UTF_8)) {
            Map<String, Setting> values = new LinkedHashMap<>();
            properties("defaults", reader, resource, workingDirectory)
                    .values()
                    .forEach((key, setting) ->
                            values.put(key, new Setting(key, setting.text(), DEFAULT, workingDirectory)));
            return new SettingsLayer("defaults", values);
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }

    /** A properties file in UTF-8; an absent one is a layer without values. */
    static SettingsLayer file(String name, Path file) {
        if (!Files.exists(file)) {
            return empty(name);
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            return properties(
                    name, new StringReader(Files.readString(file)), file.toString(), folder == null ? file : folder);
        } catch (CharacterCodingException e) {
            throw new PaletteException("%s: not UTF-8; save it in that encoding".formatted(file), e);
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    /** The variables that begin with {@code PALETTE_}, but for a few that are no settings. */
    static SettingsLayer environment(Map<String, String> variables, Path workingDirectory) {
        Map<String, String> keys = SettingKeys.byVariable();
        Map<String, Setting> values = new LinkedHashMap<>();
        variables.forEach((variable, text) -> {
            if (variable.startsWith("PALETTE_") && !SettingKeys.RESERVED.contains(variable)) {
                String key = Optional.ofNullable(keys.get(variable))
                        .or(() -> SettingKeys.open(variable))
                        .orElseThrow(() -> NearestWord.unknown("environment variable", variable, keys.keySet()));
                values.put(key, new Setting(key, text, "environment variable " + variable, workingDirectory));
            }
        });
        return new SettingsLayer("environment", values);
    }

    /** {@code key=value} of the command line; of two for one key the later counts. */
    static SettingsLayer assignments(Collection<String> assignments, Path workingDirectory) {
        Map<String, Setting> values = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new PaletteException(
                        "--set %s: expected key=value, e.g. --set train.batchSize=16".formatted(assignment));
            }
            String key = assignment.substring(0, equals).strip();
            requireKnown(key, "--set");
            values.put(key, new Setting(key, assignment.substring(equals + 1), "--set", workingDirectory));
        }
        return new SettingsLayer("command line", values);
    }

    private static SettingsLayer properties(String name, Reader text, String file, Path base) throws IOException {
        Map<String, Setting> values = new LinkedHashMap<>();
        try (PropertiesReader reader = new PropertiesReader(text)) { // PropertiesConfiguration itself forgets the lines
            while (reader.nextProperty()) {
                String key = reader.getPropertyName();
                String origin = file + ":" + reader.getLineNumber();
                requireKnown(key, origin);
                Setting earlier = values.put(key, new Setting(key, reader.getPropertyValue(), origin, base));
                if (earlier != null) {
                    throw new PaletteException(
                            "%s: %s was set before, at %s; keep one of them".formatted(origin, key, earlier.origin()));
                }
            }
        }
        return new SettingsLayer(name, values);
    }

    /** The layer as Commons Configuration sees it. */
    Configuration configuration() {
        Configuration configuration = new BaseConfiguration();
        values.forEach((key, setting) -> configuration.addProperty(key, setting.text()));
        return configuration;
    }

    /** Refuses a key that nobody knows. */
    static void requireKnown(String key, String origin) {
        if (!SettingKeys.mayBe(key)) {
            throw new PaletteException(origin + ": "
                    + NearestWord.unknown("setting", key, SettingKeys.known()).getMessage());
        }
    }
}
