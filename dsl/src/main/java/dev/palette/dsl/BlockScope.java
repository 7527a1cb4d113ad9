package dev.palette.dsl;

import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import dev.palette.spec.PaletteException;
import groovy.lang.Closure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * The words between one pair of braces: the block's options, each at most once, and every value word. Options of the blocks
 * around it are not among them.
 */
final class BlockScope {
    private final Evaluation evaluation;
    private final String name;
    private final @Nullable String path;
    private final Block<?> block;
    private final OptionTable options;
    private final Map<String, Integer> lineOfOption = new TreeMap<>();

    /**
     * @param name the word before the braces
     * @param path the block's key in settings, or null when settings can't reach it
     */
    BlockScope(Evaluation evaluation, String name, @Nullable String path, Block<?> block) {
        this.evaluation = evaluation;
        this.name = name;
        this.path = path;
        this.block = block;
        this.options = new OptionTable(block.getClass());
    }

    String name() {
        return name;
    }

    OptionTable options() {
        return options;
    }

    /** Runs what stands between the braces, once. */
    void run(Closure<?> braces) {
        Closure<?> own = braces.rehydrate(new BlockDelegate(this), braces.getOwner(), braces.getThisObject());
        own.setResolveStrategy(Closure.DELEGATE_ONLY);
        own.call();
    }

    /** The line to blame for what {@link Block#build} found: that of the option it names, else none. */
    Optional<Integer> lineOf(PaletteException problem) {
        return problem instanceof OptionException option
                ? Optional.ofNullable(lineOfOption.get(option.option()))
                : Optional.empty();
    }

    @Nullable
    Object call(String word, Object arguments) {
        List<?> values = InvokerHelper.asList(arguments);
        if (options.has(word)) {
            set(word, values);
            return null;
        }
        return evaluation.callWord(word, values);
    }

    Object read(String word) {
        if (options.has(word)) {
            throw new PaletteException(
                    "option '%s' of %s has no value, expected %s".formatted(word, name, expected(word)));
        }
        return evaluation.readWord(word);
    }

    PaletteException assigned(String word) {
        return new PaletteException(
                options.has(word)
                        ? "options are not assigned: write '%1$s …' instead of '%1$s = …'".formatted(word)
                        : "nothing is called '%1$s' here; declare a variable with: def %1$s = …".formatted(word));
    }

    private void set(String option, List<?> values) {
        Integer earlier = lineOfOption.putIfAbsent(option, evaluation.currentLine());
        if (earlier != null) {
            throw new PaletteException("%s is given twice in %s, first in line %d".formatted(option, name, earlier));
        }
        evaluation.used(values);
        for (Method overload : options.overloads(option)) {
            Type type = overload.getGenericParameterTypes()[0];
            Optional<Object> value = bracesFor(type, values)
                    .map(braces -> (Object) evaluation.fill(
                            option, below(option), newBlock(type).orElseThrow(), braces))
                    .or(() -> OptionValue.fit(type, values));
            if (value.isPresent()) {
                invoke(overload, value.get());
                return;
            }
        }
        throw new PaletteException("%s is %s, expected %s".formatted(option, Wording.of(values), expected(option)));
    }

    private @Nullable String below(String option) {
        return path == null ? null : path.isEmpty() ? option : path + "." + option;
    }

    /** The braces given to an option whose value is itself made by a block: {@code evaluate { every 60 }}. */
    private static Optional<Closure<?>> bracesFor(Type type, List<?> values) {
        return values.size() == 1
                        && values.get(0) instanceof Closure<?> braces
                        && newBlock(type).isPresent()
                ? Optional.of(braces)
                : Optional.empty();
    }

    /** A new block for a record that has one: a nested class {@code Options}, as in {@code Training.Options}. */
    private static Optional<Block<?>> newBlock(Type type) {
        for (Class<?> nested : OptionValue.rawType(type).getClasses()) {
            if (nested.getSimpleName().equals("Options")
                    && Block.class.isAssignableFrom(nested)
                    && !Modifier.isAbstract(nested.getModifiers())) {
                try {
                    return Optional.of((Block<?>) nested.getConstructor().newInstance());
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(nested + " needs a public constructor without arguments", e);
                }
            }
        }
        return Optional.empty();
    }

    private void invoke(Method option, Object value) {
        try {
            option.invoke(block, value);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("option " + option + " threw", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the class of " + option + " must be public", e);
        }
    }

    private String expected(String option) {
        return options.overloads(option).stream()
                .map(overload -> overload.getGenericParameterTypes()[0])
                .map(type -> newBlock(type).isPresent()
                        ? "a block of its options in braces"
                        : Wording.of(type, evaluation.words()))
                .distinct()
                .collect(Collectors.joining(" or "));
    }
}
