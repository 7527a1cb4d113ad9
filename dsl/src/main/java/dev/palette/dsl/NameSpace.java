package dev.palette.dsl;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import groovy.lang.GroovyObjectSupport;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** The part before the dot: {@code glue} in {@code glue.cola}, {@code average} in {@code average.paper}. */
final class NameSpace extends GroovyObjectSupport {
    private final String name;
    private final Map<String, ScriptWord> words;

    NameSpace(String name, Map<String, ScriptWord> words) {
        this.name = name;
        this.words = Map.copyOf(words);
    }

    @Override
    public Object invokeMethod(String word, Object arguments) {
        return find(word).call(InvokerHelper.asList(arguments));
    }

    @Override
    public Object getProperty(String word) {
        return find(word).value();
    }

    @Override
    public void setProperty(String word, @Nullable Object value) {
        throw new PaletteException("%s.%s is a word and can't be given another value".formatted(name, word));
    }

    private ScriptWord find(String word) {
        ScriptWord found = words.get(word);
        if (found == null) {
            List<String> known =
                    words.keySet().stream().map(w -> name + "." + w).toList();
            throw NearestWord.unknown("word", name + "." + word, known);
        }
        return found;
    }
}
