package dev.palette.dsl;

import java.util.HashMap;
import java.util.Map;
import org.codehaus.groovy.ast.Parameter;
import org.jspecify.annotations.Nullable;

/** The variables that are known at a place of the script, and their values as far as those are. */
final class Names {
    private final Map<String, Object> own = new HashMap<>();
    private final @Nullable Names around;

    Names(@Nullable Names around) {
        this.around = around;
    }

    static Names of(Parameter @Nullable [] parameters, @Nullable Names around) {
        Names names = new Names(around);
        for (Parameter parameter : parameters == null ? new Parameter[0] : parameters) {
            names.declare(parameter.getName(), new Unknown());
        }
        return names;
    }

    void declare(String name, Object value) {
        own.put(name, value);
    }

    /** The value of a variable; null when there is none of this name. */
    @Nullable
    Object find(String name) {
        Object value = own.get(name);
        return value != null || around == null ? value : around.find(name);
    }
}
