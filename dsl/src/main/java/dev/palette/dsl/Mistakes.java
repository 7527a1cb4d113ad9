package dev.palette.dsl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found wrong in one script, so that its author hears of everything at once. */
final class Mistakes {
    private final Map<String, ScriptException> mistakes = new LinkedHashMap<>();
    private final Map<String, ScriptException> warnings = new LinkedHashMap<>();

    /** Adds what keeps the script from being run; the same at the same place counts once. */
    void add(ScriptException mistake) {
        mistakes.putIfAbsent(mistake.getMessage(), mistake);
    }

    /** Adds what the author had better change. */
    void warn(ScriptException warning) {
        warnings.putIfAbsent(warning.getMessage(), warning);
    }

    /** What the author had better change, each with its place. */
    List<String> warnings() {
        return List.copyOf(warnings.keySet());
    }

    boolean isEmpty() {
        return mistakes.isEmpty();
    }

    /** Throws what there is, if a mistake is among it, in the order of the script's lines. */
    void throwIfAny() {
        if (!isEmpty()) {
            throw together();
        }
    }

    /** All of it as one; there is a mistake at least. */
    ScriptException together() {
        List<ScriptException> all = new ArrayList<>(mistakes.values());
        all.addAll(warnings.values());
        all.sort(Comparator.comparing((ScriptException each) -> each.place().line())
                .thenComparing(each -> each.place().column()));
        if (all.size() == 1) {
            return all.get(0);
        }
        String text = all.stream().map(ScriptException::getMessage).collect(Collectors.joining("\n"));
        ScriptException one = new ScriptException(all.get(0).place(), text + "\n" + count(), null);
        all.forEach(one::addSuppressed);
        return one;
    }

    private String count() {
        return mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes";
    }
}
