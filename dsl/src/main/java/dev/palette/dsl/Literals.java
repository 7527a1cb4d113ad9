package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import groovy.lang.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.codehaus.groovy.runtime.FormatHelper;
import org.jspecify.annotations.Nullable;

/** Values as Groovy writes them. */
final class Literals {
    private Literals() {}

    /**
     * A value that a definition uses.
     *
     * @param variable whose value it is, for the message
     * @throws PaletteException when it is none that can be written
     */
    static String of(Object variable, @Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof BigDecimal) {
            return value instanceof BigDecimal number ? number.toString() : String.valueOf(value);
        } else if (value instanceof Long || value instanceof BigInteger) {
            return value + (value instanceof Long ? "L" : "g");
        } else if (value instanceof Double || value instanceof Float) {
            return value + (value instanceof Double ? "d" : "f");
        } else if (value instanceof CharSequence) {
            return FormatHelper.inspect(value.toString());
        } else if (value instanceof Range<?> range && range.getFrom() instanceof Integer) {
            return "(%s..%s)".formatted(range.getFrom(), range.getTo());
        } else if (value instanceof List<?> list) {
            return list.stream().map(each -> of(variable, each)).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "[:]"
                    : map.entrySet().stream()
                            .map(each ->
                                    "(%s): %s".formatted(of(variable, each.getKey()), of(variable, each.getValue())))
                            .collect(Collectors.joining(", ", "[", "]"));
        }
        throw new PaletteException(
                ("'%s' is %s and cannot be part of a trial; what a script defines may use functions and closures of the script,"
                                + " and numbers, texts, truth values, lists and maps")
                        .formatted(variable, Wording.of(List.of(value))));
    }
}
