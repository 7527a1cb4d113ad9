package dev.palette.experiment;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the text of a setting into a value of an option's type, spelt as a script spells it. */
final class SettingText {
    private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\((.*)\\))?");
    private static final Pattern RANGE = Pattern.compile("(-?\\d+)\\.\\.(-?\\d+)");
    private static final long MOST_SEEDS = 10_000;

    private final Path base;

    /** Relative paths start from {@code base}. */
    SettingText(Path base) {
        this.base = base;
    }

    /** Whether text can become a value of this type. */
    static boolean canBecome(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Collection.class
                    && generic.getActualTypeArguments()[0] instanceof Class<?> element
                    && element.isEnum();
        }
        return type instanceof Class<?> plain
                && (List.of(int.class, long.class, double.class, boolean.class, String.class, Path.class)
                                .contains(plain)
                        || plain.isEnum()
                        || plain.isSealed());
    }

    /**
     * The value.
     *
     * @param current the option's present value, whose parts a bare word such as {@code bertAdam} takes over
     * @throws PaletteException when the text is none of this type; says what was expected
     */
    Object parse(Type type, String text, @Nullable Object current) {
        String trimmed = text.strip();
        if (type instanceof ParameterizedType collection) {
            return constants((Class<?>) collection.getActualTypeArguments()[0], trimmed);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == int.class) {
            return number(trimmed, Integer::valueOf, "a whole number");
        } else if (plain == long.class) {
            return number(trimmed, Long::valueOf, "a whole number");
        } else if (plain == double.class) {
            return number(trimmed, Double::valueOf, "a number");
        } else if (plain == boolean.class) {
            return bool(trimmed);
        } else if (plain == Path.class) {
            return path(trimmed);
        } else if (plain.isEnum()) {
            return constant(plain, trimmed);
        } else if (plain.isSealed()) {
            return record(plain, trimmed, current);
        }
        return trimmed;
    }

    /** Seeds: {@code 1..10}, or {@code 1, 2, 5}. */
    static List<Long> seeds(String text) {
        Matcher range = RANGE.matcher(text.strip());
        if (!range.matches()) {
            return Arrays.stream(text.split(",", -1))
                    .map(seed -> number(seed.strip(), Long::valueOf, "seeds such as 1..10 or 1, 2, 5"))
                    .toList();
        }
        long from = number(range.group(1), Long::valueOf, "a whole number");
        long to = number(range.group(2), Long::valueOf, "a whole number");
        if (to < from || to - from >= MOST_SEEDS) {
            throw new PaletteException("expected a range that ascends, of at most %,d seeds".formatted(MOST_SEEDS));
        }
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static <N> N number(String text, Function<String, N> conversion, String expected) {
        try {
            return conversion.apply(text.replaceAll("(?<=\\d)_(?=\\d)", "")); // 60_000, as in a script
        } catch (NumberFormatException e) {
            throw new PaletteException("expected " + expected, e);
        }
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new PaletteException("expected true or false");
        };
    }

    private Path path(String text) {
        if (text.isEmpty()) {
            throw new PaletteException("expected a path");
        }
        try {
            return base.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new PaletteException("expected a path: " + e.getMessage(), e);
        }
    }

    /** {@code glue}, or as a script writes it {@code average.glue}. */
    private static Object constant(Class<?> type, String text) {
        String prefix = Word.of(type) + ".";
        String word = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        return pick("value", word, byWord(type));
    }

    /** A comma list of constants; a word that is a static method of the type giving a set stands for that set. */
    private static Collection<?> constants(Class<?> type, String text) {
        for (Method method : type.getMethods()) {
            boolean givesSet = Modifier.isStatic(method.getModifiers())
                    && method.getParameterCount() == 0
                    && Collection.class.isAssignableFrom(method.getReturnType());
            if (givesSet && method.getName().equals(text)) {
                return (Collection<?>) invoke(() -> method.invoke(null));
            }
        }
        Map<String, Object> known = byWord(type);
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(word -> pick("value", word, known))
                .toList();
    }

    /** A record of a sealed family: {@code dev}, {@code holdout(0.1)}, or a word whose parts the present value has. */
    private Object record(Class<?> family, String text, @Nullable Object current) {
        Map<String, Class<?>> kinds =
                Arrays.stream(family.getPermittedSubclasses()).collect(Collectors.toMap(Word::of, Function.identity()));
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            throw NearestWord.unknown(Word.of(family), text, kinds.keySet());
        }
        Class<?> kind = pick(Word.of(family), call.group(1), kinds);
        RecordComponent[] components = kind.getRecordComponents();
        String usage = Word.of(kind)
                + Stream.of(components).map(RecordComponent::getName).collect(Collectors.joining(", ", "(", ")"));
        List<Object> values = new ArrayList<>();
        if (call.group(2) == null) {
            for (RecordComponent component : components) {
                values.add(partOf(current, component, usage));
            }
        } else {
            String[] texts =
                    call.group(2).isBlank() ? new String[0] : call.group(2).split(",", -1);
            if (texts.length != components.length) {
                throw new PaletteException("expected " + usage);
            }
            for (int i = 0; i < texts.length; i++) {
                values.add(parse(components[i].getType(), texts[i], null));
            }
        }
        Constructor<?> constructor = kind.getConstructors()[0];
        return invoke(() -> constructor.newInstance(values.toArray()));
    }

    private static Object partOf(@Nullable Object current, RecordComponent component, String usage) {
        if (current != null && current.getClass().isRecord()) {
            for (RecordComponent own : current.getClass().getRecordComponents()) {
                if (own.getName().equals(component.getName()) && own.getType() == component.getType()) {
                    return invoke(() -> own.getAccessor().invoke(current));
                }
            }
        }
        throw new PaletteException("expected " + usage);
    }

    private static Map<String, Object> byWord(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(Word.of((Enum<?>) constant), constant);
        }
        return constants;
    }

    private static <T> T pick(String kind, String word, Map<String, T> known) {
        T value = known.get(word);
        if (value == null) {
            throw NearestWord.unknown(kind, word, known.keySet());
        }
        return value;
    }

    /** A call by reflection; a refusal of the called code stays what it is. */
    static Object invoke(ReflectiveCall call) {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("options and their records are public", e);
        }
    }

    /** Something found by reflection. */
    @FunctionalInterface
    interface ReflectiveCall {
        /** Calls it. */
        Object run() throws ReflectiveOperationException;
    }
}
