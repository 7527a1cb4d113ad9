package dev.palette.inline;

import dev.palette.adapter.AdapterRule;
import dev.palette.sampler.SamplingRule;
import dev.palette.spec.CodeLanguage;
import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import dev.palette.task.MetricRule;
import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyClassLoader;
import groovy.lang.Script;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * Groovy as the language of {@link InlineCode}: a script whose value is a closure. Each source is compiled once in a process; options are
 * variables that it sees.
 */
public final class GroovyCode implements CodeLanguage {
    /** What a trial calls the language. */
    public static final String NAME = "groovy";

    private static final Map<String, Class<? extends Script>> COMPILED = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public <T> T compile(InlineCode code, Class<T> type, Map<String, Object> options) {
        Closure<?> closure = closure(code, options);
        CodeErrors errors = new CodeErrors(code);
        Object made;
        if (type == SamplingRule.class) {
            made = new SamplingClosure(closure, errors);
        } else if (type == MetricRule.class) {
            made = (MetricRule) (predicted, expected) -> errors.explained("metric", () -> {
                Object value = closure.call(predicted, expected);
                if (value instanceof Number number) {
                    return number.doubleValue();
                }
                throw new PaletteException(
                        "a metric gave %s, expected a number".formatted(InvokerHelper.toString(value)));
            });
        } else if (type == AdapterRule.class) {
            made = errors.explained("adapter", () -> new AdapterClosure(closure, errors));
        } else {
            throw new IllegalArgumentException("inline Groovy code defines no " + type);
        }
        return type.cast(made);
    }

    private static Closure<?> closure(InlineCode code, Map<String, Object> options) {
        Class<? extends Script> compiled = COMPILED.computeIfAbsent(code.hash(), hash -> compiled(code));
        Script script = InvokerHelper.createScript(compiled, new Binding(new HashMap<>(options)));
        if (script.run() instanceof Closure<?> closure) {
            return closure;
        }
        throw new PaletteException("inline groovy code gives no closure: " + code.source());
    }

    private static Class<? extends Script> compiled(InlineCode code) {
        GroovyClassLoader loader = new GroovyClassLoader(GroovyCode.class.getClassLoader());
        try {
            return loader.parseClass(code.source(), CodeErrors.fileName(code)).asSubclass(Script.class);
        } catch (CompilationFailedException e) {
            throw new PaletteException("inline groovy code does not compile: " + e.getMessage(), e);
        }
    }
}
