package dev.palette.dsl;

import dev.palette.experiment.Axis;
import dev.palette.experiment.Template;
import dev.palette.spec.Block;
import dev.palette.spec.Limits;
import dev.palette.spec.OptionException;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes the options of blocks, by the methods that a script calls and the records that the blocks build. */
final class OptionEntries {
    private final Words words;

    OptionEntries(Words words) {
        this.words = words;
    }

    /**
     * The options of a block.
     *
     * @param type what it describes
     * @param fresh one that has every option at its default, where such a one can be had
     */
    List<OptionEntry> of(Class<?> block, Class<?> type, Optional<Block<?>> fresh) {
        OptionTable table = new OptionTable(block);
        Defaults defaults = fresh.map(Defaults::of).orElse(Defaults.NONE);
        Map<String, String> ranges = type.isRecord() ? Limits.of(type.asSubclass(Record.class)) : Map.of();
        List<OptionEntry> options = new ArrayList<>();
        for (String name : table.names()) {
            List<Method> methods = table.overloads(name);
            options.add(new OptionEntry(
                    name,
                    methods,
                    methods.stream()
                            .map(method -> text(method.getGenericParameterTypes()[0]))
                            .distinct()
                            .collect(Collectors.joining(" or ")),
                    Optional.ofNullable(ranges.get(name)),
                    defaults.values().get(name),
                    table.required(name) != null || name.equals(defaults.required()),
                    nested(methods).stream()
                            .findFirst()
                            .map(newBlock -> newBlock.get().getClass())
                            .orElse(null)));
        }
        return options;
    }

    /** A block that has every option at its default, described. */
    BlockEntry block(String name, String path, Block<?> fresh) {
        Class<?> type = described(fresh.getClass());
        Map<String, Object> fixed = new HashMap<>(Defaults.of(fresh).values());
        fixed.keySet().removeAll(new OptionTable(fresh.getClass()).names());
        List<String> local =
                fresh instanceof LocalWords own ? List.copyOf(own.words().keySet()) : List.of();
        List<OptionEntry> options = of(fresh.getClass(), type, Optional.of(fresh));
        return new BlockEntry(name, path, typed(fresh), type, options, fixed, local);
    }

    /** What a block builds: the type that its own {@code build()} declares. */
    private static Class<?> described(Class<?> block) {
        for (Method method : block.getMethods()) {
            if (method.getName().equals("build") && method.getParameterCount() == 0 && !method.isBridge()) {
                return method.getReturnType();
            }
        }
        throw new IllegalStateException("every block builds something: " + block);
    }

    /** The blocks that may stand between an option's braces. */
    List<Supplier<Block<?>>> nested(List<Method> methods) {
        return methods.stream()
                .map(method -> BlockScope.newBlock(BlockScope.described(method.getGenericParameterTypes()[0])))
                .flatMap(Optional::stream)
                .toList();
    }

    @SuppressWarnings("unchecked") // the block's own
    private static Class<? extends Block<?>> typed(Block<?> block) {
        return (Class<? extends Block<?>>) block.getClass();
    }

    private String text(Type type) {
        Class<?> raw = OptionValue.rawType(type);
        Type described = BlockScope.described(type);
        if (raw == Template.class || BlockScope.newBlock(described).isPresent()) {
            return Wording.ofOption(type, words);
        }
        Class<?> taken = OptionValue.rawType(described);
        boolean several = taken.isArray() || Collection.class.isAssignableFrom(taken);
        Type element = several ? OptionValue.elementType(described) : described;
        return (several ? "one or more, each " : "") + single(element);
    }

    private String single(Type type) {
        Class<?> raw = OptionValue.rawType(type);
        if (raw == Object.class) {
            return "a value";
        } else if (raw == Axis.class) {
            return "an axis (choice, integer, logUniform, uniform)";
        } else if (raw.isEnum() && Family.ofType(raw).isEmpty()) {
            return Stream.of(raw.getEnumConstants())
                    .map(constant -> Word.of((Enum<?>) constant))
                    .collect(Collectors.joining(" or "));
        }
        return Wording.of(type, words);
    }

    /**
     * What a block has where a script says nothing.
     *
     * @param values the components of what it builds, by name
     * @param required the option without which it builds nothing; empty where it needs none
     */
    private record Defaults(Map<String, Object> values, String required) {
        static final Defaults NONE = new Defaults(Map.of(), "");

        static Defaults of(Block<?> fresh) {
            try {
                return fresh.build() instanceof Record built ? new Defaults(components(built), "") : NONE;
            } catch (OptionException e) {
                return new Defaults(Map.of(), e.option());
            } catch (PaletteException e) { // needs several options, or one of two
                return NONE;
            }
        }

        private static Map<String, Object> components(Record built) {
            Map<String, Object> values = new HashMap<>();
            for (RecordComponent component : built.getClass().getRecordComponents()) {
                try {
                    Object value = component.getAccessor().invoke(built);
                    if (value != null) {
                        values.put(component.getName(), value);
                    }
                } catch (InvocationTargetException | IllegalAccessException e) {
                    throw new IllegalStateException("a description is public, and its components are read", e);
                }
            }
            return values;
        }
    }
}
