package dev.palette.experiment;

import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The options of blocks as keys: {@code train.batchSize} is {@code batchSize} of the block at {@code train};
 * {@code train.optimizer.learningRate} is {@code learningRate} of the optimizer that this block holds, changed through the
 * value's {@code toBlock()}. The keys follow from the blocks' methods, so a new option is a new setting.
 */
final class BlockOptions {
    private BlockOptions() {}

    /** Every key below {@code prefix} for a class of blocks. */
    static SortedSet<String> keys(String prefix, Class<?> block) {
        SortedSet<String> keys = new TreeSet<>();
        options(block).forEach((name, option) -> {
            String key = prefix + "." + name;
            if (SettingText.canBecome(type(option))) {
                keys.add(key);
            }
            nestedBlocks(option.getParameterTypes()[0]).forEach(nested -> keys.addAll(keys(key, nested)));
        });
        return keys;
    }

    /**
     * Sets the options of {@code block} that stand below {@code prefix}; shorter keys first, so that {@code train.optimizer}
     * chooses the optimizer whose options follow.
     *
     * @throws PaletteException when a value has a wrong type or range; names place, key and value
     */
    static void apply(Block<?> block, String prefix, Collection<Setting> settings) {
        settings.stream()
                .filter(setting -> setting.key().startsWith(prefix + "."))
                .sorted(Comparator.comparing(Setting::key))
                .forEach(setting -> {
                    try {
                        set(
                                block,
                                List.of(setting.key()
                                        .substring(prefix.length() + 1)
                                        .split("\\.")),
                                setting);
                        block.build(); // the ranges are checked there
                    } catch (PaletteException e) {
                        throw setting.refused(e);
                    }
                });
    }

    private static void set(Block<?> block, List<String> path, Setting setting) {
        SortedMap<String, Method> options = options(block.getClass());
        Method option = options.get(path.get(0));
        if (option == null) {
            throw NearestWord.unknown("option", path.get(0), options.keySet());
        }
        Object current = component(block.build(), path.get(0));
        Object value;
        if (path.size() == 1) {
            value = new SettingText(setting.base()).parse(type(option), setting.text(), current);
        } else {
            Block<?> nested = toBlock(current);
            set(nested, path.subList(1, path.size()), setting);
            value = nested.build();
        }
        SettingText.invoke(() -> option.invoke(block, value));
    }

    /** The options of a block: public methods of one argument that give the block itself, by name. */
    private static SortedMap<String, Method> options(Class<?> block) {
        SortedMap<String, Method> options = new TreeMap<>();
        for (Method method : block.getMethods()) {
            boolean option = !Modifier.isStatic(method.getModifiers())
                    && method.getParameterCount() == 1
                    && Block.class.isAssignableFrom(method.getReturnType())
                    && method.getReturnType().isAssignableFrom(block);
            if (option
                    && (SettingText.canBecome(type(method))
                            || !nestedBlocks(method.getParameterTypes()[0]).isEmpty())) {
                options.put(method.getName(), method);
            }
        }
        return options;
    }

    private static Type type(Method option) {
        return option.getGenericParameterTypes()[0];
    }

    /** The blocks that change a value of this type: what its {@code toBlock()} gives, and its kinds' where it is sealed. */
    private static List<Class<?>> nestedBlocks(Class<?> type) {
        Stream<Class<?>> kinds = type.isSealed() ? Stream.of(type.getPermittedSubclasses()) : Stream.of(type);
        return kinds.flatMap(kind -> Stream.of(kind.getMethods()))
                .filter(method ->
                        method.getName().equals("toBlock") && method.getParameterCount() == 0 && !method.isBridge())
                .<Class<?>>map(Method::getReturnType)
                .distinct()
                .toList();
    }

    private static Block<?> toBlock(Object value) {
        return (Block<?>)
                SettingText.invoke(() -> value.getClass().getMethod("toBlock").invoke(value));
    }

    private static Object component(Object built, String name) {
        return SettingText.invoke(() -> built.getClass().getMethod(name).invoke(built));
    }
}
