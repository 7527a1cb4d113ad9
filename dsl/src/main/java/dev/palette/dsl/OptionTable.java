package dev.palette.dsl;

import dev.palette.spec.Block;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A block's options by name: its public one-argument methods that return the block, overloads together. */
final class OptionTable {
    private final Map<String, List<Method>> methods = new TreeMap<>();

    OptionTable(Class<?> block) {
        Arrays.stream(block.getMethods())
                .filter(m -> m.getParameterCount() == 1 && !m.isBridge() && !Modifier.isStatic(m.getModifiers()))
                .filter(m -> Block.class.isAssignableFrom(m.getReturnType())
                        && m.getReturnType().isAssignableFrom(block))
                .sorted(Comparator.comparing(m -> m.getParameterTypes()[0].getName()))
                .forEach(m -> methods.computeIfAbsent(m.getName(), name -> new ArrayList<>())
                        .add(m));
    }

    Set<String> names() {
        return methods.keySet();
    }

    boolean has(String name) {
        return methods.containsKey(name);
    }

    /** The methods behind a name, one for each type that the option takes. */
    List<Method> overloads(String name) {
        return methods.getOrDefault(name, List.of());
    }
}
