package dev.palette.dsl;

import dev.palette.spec.Block;
import dev.palette.spec.ReplacedBy;
import dev.palette.spec.Required;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A block's options by name: its public one-argument methods that return the block, overloads together. */
final class OptionTable {
    private final Class<?> block;
    private final Map<String, List<Method>> methods = new TreeMap<>();

    OptionTable(Class<?> block) {
        this.block = block;
        Arrays.stream(block.getMethods())
                .filter(m -> m.getParameterCount() == 1 && !m.isBridge() && !Modifier.isStatic(m.getModifiers()))
                .filter(m -> Block.class.isAssignableFrom(m.getReturnType())
                        && m.getReturnType().isAssignableFrom(block))
                .sorted(Comparator.comparing(m -> m.getParameterTypes()[0].getName()))
                .forEach(m -> methods.computeIfAbsent(m.getName(), name -> new ArrayList<>())
                        .add(m));
    }

    /** What the options are called; old names aside. */
    Set<String> names() {
        return methods.keySet().stream()
                .filter(name -> overloads(name).stream().noneMatch(each -> each.isAnnotationPresent(ReplacedBy.class)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean has(String name) {
        return methods.containsKey(name);
    }

    /** The methods behind a name, one for each type that the option takes. */
    List<Method> overloads(String name) {
        return methods.getOrDefault(name, List.of());
    }

    /** How an option that must be given may be; null where it need not. */
    @Nullable
    Required required(String name) {
        return overloads(name).stream()
                .map(overload -> overload.getAnnotation(Required.class))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What the block's word is to be replaced by, if it is. */
    @Nullable
    ReplacedBy replaced() {
        return block.getAnnotation(ReplacedBy.class);
    }

    /** What the block describes. */
    Class<?> described() {
        return Arrays.stream(block.getMethods())
                .filter(method -> method.getName().equals("build") && !method.isBridge())
                .findFirst()
                .<Class<?>>map(Method::getReturnType)
                .orElseThrow();
    }
}
