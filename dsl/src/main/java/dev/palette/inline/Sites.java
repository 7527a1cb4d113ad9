package dev.palette.inline;

import dev.palette.spec.NearestWord;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** The words directly between the braces of {@code adapter('name') { … }}. */
final class Sites extends GroovyObjectSupport {
    private static final List<String> SITES = List.of("afterAttention", "afterFeedForward", "parallel", "output");

    /** Lists the parameters of a layer and a task. */
    @Nullable
    Closure<?> parameters;

    /** Lists the parameters of a layer that all tasks share. */
    @Nullable
    Closure<?> shared;

    /** What is computed, by site. */
    final Map<String, Closure<?>> formulas = new LinkedHashMap<>();

    @Override
    public @Nullable Object invokeMethod(String word, Object arguments) {
        List<?> given = InvokerHelper.asList(arguments);
        boolean braces = given.size() == 1 && given.get(0) instanceof Closure;
        if (braces && word.equals("parameters")) {
            parameters = (Closure<?>) given.get(0);
        } else if (braces && word.equals("shared")) {
            shared = (Closure<?>) given.get(0);
        } else if (braces && SITES.contains(word)) {
            formulas.put(word, (Closure<?>) given.get(0));
        } else {
            throw NearestWord.unknown(
                    "part of an adapter",
                    word,
                    List.of("parameters", "shared", "afterAttention", "afterFeedForward", "parallel", "output"));
        }
        return null;
    }
}
