package dev.palette.dsl;

import dev.palette.spec.Block;
import java.util.List;
import java.util.Map;

/**
 * A block of options: {@code train { … }}, {@code pal { … }}.
 *
 * @param name the word before the braces
 * @param path its key in settings: {@code train.evaluate}; empty where settings can't reach it
 * @param block the class whose methods are the options
 * @param type the class of what it describes
 * @param options in alphabetical order
 * @param fixed what the word decides and no option changes, by the component's name: GLUE's data set
 * @param local words that stand for values between its braces, and nowhere else, in alphabetical order
 */
public record BlockEntry(
        String name,
        String path,
        Class<? extends Block<?>> block,
        Class<?> type,
        List<OptionEntry> options,
        Map<String, Object> fixed,
        List<String> local) {
    /** Copies the lists and the map. */
    public BlockEntry {
        fixed = Map.copyOf(fixed);
        local = List.copyOf(local);
        options = List.copyOf(options);
    }
}
