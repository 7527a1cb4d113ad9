package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.InlineCode;
import dev.palette.spec.OptionException;
import dev.palette.task.TaskName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method of adding parameters that a script defines: {@code adapter('gated', size: 64) { … }}. Its code gives an {@link AdapterRule}.
 *
 * @param name stands in the names of its parameters and in tables
 * @param options what the code sees under names of its own: numbers, texts, truth values and lists of them
 * @param code parameters and computation
 */
public record InlineAdapter(String name, Map<String, Object> options, InlineCode code) implements Adapter {
    /** The word of every adapter that a script defines, in a trial's JSON. */
    public static final String WORD = "inline";

    /** Checks the name and copies the options, in the order of their names. */
    public InlineAdapter {
        TaskName.check(name);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String label() {
        String values = options.entrySet().stream()
                .map(option -> option.getKey() + " " + option.getValue())
                .collect(Collectors.joining(", "));
        return options.isEmpty() ? name : name + "(" + values + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        return rule().parameters(prefix(), encoder, tasks);
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        return rule().inLayer(prefix(), layer, task, parameters);
    }

    private AdapterRule rule() {
        return code.compile(AdapterRule.class, options);
    }

    private String prefix() {
        return "adapter." + name + ".";
    }

    /** Options of an adapter that a script defines: those that it has given names to itself. */
    public static final class Options implements Block<InlineAdapter> {
        private final String name;
        private final InlineCode code;
        private final Map<String, Object> values = new LinkedHashMap<>();

        /** An adapter without options. */
        public Options(String name, InlineCode code) {
            this.name = name;
            this.code = code;
        }

        /**
         * Sets an option.
         *
         * @throws OptionException when the value is none that a trial can keep
         */
        public Options option(String option, @Nullable Object value) {
            values.put(option, kept(option, value));
            return this;
        }

        private static Object kept(String option, @Nullable Object value) {
            if (value instanceof CharSequence || value instanceof Boolean || value instanceof Integer) {
                return value instanceof CharSequence ? value.toString() : value;
            } else if (value instanceof Number number) {
                return number instanceof Long whole && whole == whole.intValue()
                        ? (Object) whole.intValue()
                        : (Object) number.doubleValue();
            } else if (value instanceof List<?> list) {
                return list.stream().map(each -> kept(option, each)).toList();
            }
            throw new OptionException(
                    option,
                    "%s is %s, expected a number, a text, true or false, or a list of such".formatted(option, value));
        }

        @Override
        public InlineAdapter build() {
            return new InlineAdapter(name, values, code);
        }
    }
}
