package dev.palette.dsl;

import dev.palette.experiment.Space;
import dev.palette.experiment.Template;
import dev.palette.spec.Block;
import dev.palette.spec.Limits;
import dev.palette.spec.OptionException;
import dev.palette.spec.PaletteException;
import dev.palette.spec.ReplacedBy;
import dev.palette.spec.Required;
import groovy.lang.Closure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
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
    private final boolean mayVary;
    private final List<Template.Given<Block<?>>> given = new ArrayList<>();
    private final Map<String, Place> places = new TreeMap<>();
    private final Place place;
    private final Set<String> mentioned = new HashSet<>();
    private boolean complete = true;

    /**
     * @param name the word before the braces
     * @param path the block's key in settings, or null when settings can't reach it
     * @param mayVary whether an axis may stand for a value of any option, since the block can be made again for each value
     */
    BlockScope(Evaluation evaluation, String name, @Nullable String path, Block<?> block, boolean mayVary) {
        this.evaluation = evaluation;
        this.name = name;
        this.path = path;
        this.block = block;
        this.options = new OptionTable(block.getClass());
        this.mayVary = mayVary;
        this.place = evaluation.place(name);
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

    /** Where the word before the braces stands. */
    Place place() {
        return place;
    }

    /** Whether all that is given is known, so that the block can be built. */
    boolean isComplete() {
        return complete;
    }

    /** The place to blame for what {@link Block#build} found: that of the option it names, else the block's own. */
    Place placeOf(PaletteException problem) {
        Place given = problem instanceof OptionException option ? places.get(option.option()) : null;
        return given == null ? place : given.value();
    }

    @Nullable
    Object call(String word, Object arguments) {
        List<?> values = InvokerHelper.asList(arguments);
        boolean definition = Definition.isOne(word, values);
        if (!options.has(word) || (definition && !evaluation.standsAlone(values))) {
            return evaluation.callWord(word, values);
        }
        Place here = evaluation.place(word);
        Place earlier = evaluation.isSure() ? places.putIfAbsent(word, here) : null;
        mentioned.add(word);
        evaluation.used(values);
        try {
            set(word, definition ? List.of(evaluation.define(Definition.of(word), values)) : values, here);
        } catch (PaletteException e) {
            complete = false;
            evaluation.refused(here.value(), e);
        }
        if (earlier != null) {
            evaluation.refused(
                    here,
                    new PaletteException("%s is given twice in %s, first in %s"
                            .formatted(word, name, evaluation.source().lineText(earlier.line()))));
        }
        return null;
    }

    Object read(String word) {
        if (options.has(word)) {
            mention(word);
            return evaluation.refused(
                    evaluation.place(word),
                    new PaletteException(
                            "option '%s' of %s has no value, expected %s".formatted(word, name, expected(word))));
        }
        Object local = block instanceof LocalWords own ? own.words().get(word) : null;
        return local != null ? local : evaluation.readWord(word);
    }

    /** Notes that an option was meant to be given: it is not missing as well. */
    void mention(String option) {
        mentioned.add(option);
        complete = false;
    }

    /** Refuses {@code word = …}. */
    void assigned(String word) {
        mention(word);
        evaluation.refused(
                evaluation.place(word),
                new PaletteException(
                        options.has(word)
                                ? "options are not assigned: write '%1$s …' instead of '%1$s = …'".formatted(word)
                                : "nothing is called '%1$s' here; declare a variable with: def %1$s = …"
                                        .formatted(word)));
    }

    /** Refuses a block in which an option is missing that has no default. */
    void requireGiven() {
        for (String option : options.names()) {
            Required required = options.required(option);
            boolean excused = block instanceof Excuses own && own.excuses(option, mentioned);
            if (required != null && !mentioned.contains(option) && !excused) {
                complete = false;
                evaluation.refused(
                        place,
                        new PaletteException(
                                "%s has no %s; give it, e.g. %s".formatted(name, option, required.value())));
            }
        }
    }

    private void set(String option, List<?> values, Place here) {
        complete &= evaluation.isSure();
        evaluation.given(below(option), here);
        if (Spaces.vary(values) && evaluation.isSetAbove(below(option))) {
            return; // --set fixes what varies
        }
        for (Method overload : options.overloads(option)) {
            Type type = overload.getGenericParameterTypes()[0];
            List<?> fitting = valuesFor(option, type, values);
            boolean known = !Unknown.among(fitting);
            if (known ? setTo(option, overload, fitting) : Spaces.mayFit(described(type), fitting)) {
                complete &= known;
                evaluation.warnOf(here, option, overload.getAnnotation(ReplacedBy.class));
                return;
            }
        }
        throw new PaletteException("%s is %s, expected %s".formatted(option, Wording.of(values), expected(option)));
    }

    /** The arguments, with braces made into what they describe where the option takes that. */
    private List<?> valuesFor(String option, Type type, List<?> values) {
        Optional<Supplier<Block<?>>> newBlock = newBlock(described(type));
        if (newBlock.isEmpty() || values.size() != 1 || !(values.get(0) instanceof Closure<?> braces)) {
            return values;
        }
        Object made = evaluation.describe(option, below(option), newBlock.get(), braces);
        boolean asItIs = OptionValue.rawType(type) == Template.class || !(made instanceof Template<?, ?>);
        return List.of(asItIs ? made : evaluation.value((Template<?, ?>) made));
    }

    /** Sets an option, if the values fit; what varies is kept for when it is known. */
    private boolean setTo(String option, Method overload, List<?> values) {
        Type type = overload.getGenericParameterTypes()[0];
        if (OptionValue.rawType(type) == Space.class) {
            Type element = described(type);
            Optional<Space<?>> space = Spaces.vary(values)
                    ? Spaces.fit(element, values).map(each -> Spaces.typed(element, each))
                    : OptionValue.fit(element, values).map(Space::of);
            OptionValue.fit(element, values).ifPresent(value -> Limits.check(options.described(), option, value));
            space.ifPresent(each -> invoke(block, overload, each));
            return space.isPresent();
        }
        Optional<Object> value = OptionValue.fit(type, values);
        if (value.isPresent()) {
            Limits.check(options.described(), option, value.get());
            given.add(new Template.Given<>(
                    option, Space.of(value.get()), (fresh, each) -> invoke(fresh, overload, each)));
            invoke(block, overload, value.get());
            return true;
        }
        Optional<Space<Object>> space = Spaces.vary(values) ? Spaces.fit(type, values) : Optional.empty();
        if (space.isEmpty() || !mayVary) {
            return false;
        }
        given.add(new Template.Given<>(
                option, space.get(), (fresh, each) -> invoke(fresh, overload, Spaces.value(type, each))));
        return true;
    }

    /** What was set, in order. */
    List<Template.Given<Block<?>>> given() {
        return given;
    }

    private @Nullable String below(String option) {
        return path == null ? null : path.isEmpty() ? option : path + "." + option;
    }

    /** What an option takes, where that may vary; else the option's own type. */
    static Type described(Type type) {
        Class<?> raw = OptionValue.rawType(type);
        return raw == Space.class || raw == Template.class ? OptionValue.elementType(type) : type;
    }

    /** Makes new blocks for a record that has one: a nested class {@code Options}, as in {@code Training.Options}. */
    static Optional<Supplier<Block<?>>> newBlock(Type type) {
        for (Class<?> nested : OptionValue.rawType(type).getClasses()) {
            if (nested.getSimpleName().equals("Options")
                    && Block.class.isAssignableFrom(nested)
                    && !Modifier.isAbstract(nested.getModifiers())) {
                return Optional.of(() -> made(nested));
            }
        }
        return Optional.empty();
    }

    private static Block<?> made(Class<?> block) {
        try {
            return (Block<?>) block.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(block + " needs a public constructor without arguments", e);
        }
    }

    private static void invoke(Block<?> block, Method option, Object value) {
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
                .map(type -> Wording.ofOption(type, evaluation.words()))
                .distinct()
                .collect(Collectors.joining(" or "));
    }
}
