package dev.palette.experiment;

import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The words of a family that settings switch on: {@code export.csv = true}, or by giving an option, {@code export.mlflow.uri = …}; {@code
 * export.mlflow = false} switches off again what a layer below has switched on.
 *
 * @param prefix the family's key
 * @param words what may stand behind it
 * @param settings the family's, each key once
 * @param <T> what the words make
 */
record SwitchedOn<T>(String prefix, SortedMap<String, Word<T>> words, List<Setting> settings) {
    /**
     * What the words describe that are switched on, in alphabetical order.
     *
     * @throws PaletteException for an unknown word or option, or a wrong value; names the place
     */
    List<T> values() {
        requireKnown();
        List<T> values = new ArrayList<>();
        words.forEach((name, word) -> {
            String key = prefix + "." + name;
            List<Setting> switches =
                    settings.stream().filter(s -> s.key().equals(key)).toList();
            List<Setting> options =
                    settings.stream().filter(s -> s.key().startsWith(key + ".")).toList();
            boolean on =
                    switches.isEmpty() ? !options.isEmpty() : switches.stream().allMatch(SwitchedOn::isTrue);
            if (on) {
                Block<? extends T> block = word.newBlock().get();
                BlockOptions.apply(block, key, options);
                values.add(block.build());
            }
        });
        return values;
    }

    private static boolean isTrue(Setting setting) {
        try {
            return (boolean) new SettingText(setting.base()).parse(boolean.class, setting.text(), null);
        } catch (PaletteException e) {
            throw setting.refused(e);
        }
    }

    private void requireKnown() {
        SortedSet<String> known = new TreeSet<>();
        words.forEach((name, word) -> {
            known.add(prefix + "." + name);
            known.addAll(
                    BlockOptions.keys(prefix + "." + name, word.newBlock().get().getClass()));
        });
        for (Setting setting : settings) {
            if (!known.contains(setting.key())) {
                throw new PaletteException(setting.origin() + ": "
                        + NearestWord.unknown("setting", setting.key(), known).getMessage());
            }
        }
    }
}
