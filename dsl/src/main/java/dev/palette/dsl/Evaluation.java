package dev.palette.dsl;

import dev.palette.adapter.Composed;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Space;
import dev.palette.experiment.Template;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.ReplacedBy;
import groovy.lang.Closure;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of one script: which braces are open, what the words mean, and which experiment came of it. It goes on after a mistake,
 * with something {@link Unknown} in the place of what was refused.
 */
final class Evaluation {
    private static final Space.Choices NOTHING_VARIES = ExperimentBlock.NOTHING_VARIES;

    /** A value made inside braces and not yet given to an option. */
    private record Made(String word, Place place, BlockScope in) {}

    private final ScriptSource source;
    private final ScriptReading reading;
    private final Mistakes mistakes;
    private final Settings settings;
    private final Words words;
    private final Deque<BlockScope> open = new ArrayDeque<>();
    private final IdentityHashMap<Object, Made> unused = new IdentityHashMap<>();
    private boolean described;
    private final Map<String, String> places = new TreeMap<>();
    private @Nullable ExperimentScript outcome;

    Evaluation(
            ScriptSource source, ScriptReading reading, Mistakes mistakes, Vocabulary vocabulary, Settings settings) {
        this.source = source;
        this.reading = reading;
        this.mistakes = mistakes;
        this.settings = settings;
        this.words = new Words(
                vocabulary,
                source.folder(),
                this::fill,
                this::define,
                (block, braces) -> fillOnce("variant", "", block, braces, Block::build));
    }

    /** What the script came to, once it was evaluated without a mistake. */
    ExperimentScript outcome() {
        if (outcome == null) {
            throw source.problem(
                    Place.UNKNOWN,
                    "the script describes no experiment; begin with: experiment('" + source.name() + "') { … }",
                    null);
        }
        return outcome;
    }

    Words words() {
        return words;
    }

    /** The braces that were opened last, or null outside all. */
    @Nullable
    BlockScope innermost() {
        return open.peek();
    }

    Place place(String word) {
        return reading.place(word);
    }

    ScriptSource source() {
        return source;
    }

    boolean isSure() {
        return reading.isSure();
    }

    /** Notes a mistake, for which the evaluation need not end. */
    Unknown refused(Place place, PaletteException mistake) {
        mistakes.add(
                mistake instanceof ScriptException placed
                        ? placed
                        : source.problem(place, mistake.getMessage(), mistake));
        return new Unknown();
    }

    /** Notes a word that had better be written otherwise. */
    void warnOf(Place place, String word, @Nullable ReplacedBy replaced) {
        if (replaced != null) {
            mistakes.warn(source.problem(
                    place,
                    "warning: %s is an old word that a later version will not know; write %s"
                            .formatted(word, replaced.value()),
                    null));
        }
    }

    /** A word called outside all braces. */
    @Nullable
    Object callOutside(String word, Object arguments) {
        List<?> values = InvokerHelper.asList(arguments);
        return word.equals("experiment") ? experiment(values) : callWord(word, values);
    }

    /** A value word, or a function of the script's own, called with arguments. */
    @Nullable
    Object callWord(String word, List<?> arguments) {
        Place place = reading.place(word);
        used(arguments);
        if (Definition.isWord(word) && !Definition.isOne(word, arguments) && isOptionAround(word)) {
            return refused(place, unknown(word)); // more likely than a definition gone wrong
        }
        try {
            if (Unknown.among(arguments) && words.has(word)) {
                return made(word, place, words.callUnknown(word, arguments));
            }
            Optional<Object> value = words.call(word, arguments);
            if (value.isPresent()) {
                return made(word, place, value.get());
            }
        } catch (PaletteException e) {
            return refused(place, e);
        }
        Optional<ScriptReading.OwnFunction> own = reading.own(word, arguments);
        return own.isPresent() ? own.get().call() : refused(place, unknown(word));
    }

    /** A value word that stands alone. */
    Object readWord(String word) {
        Place place = reading.place(word);
        try {
            return words.read(word)
                    .map(value -> made(word, place, value))
                    .orElseGet(() -> refused(place, unknown(word)));
        } catch (PaletteException e) {
            return refused(place, e);
        }
    }

    /** A word after a dot, alone or with arguments. */
    Object inNameSpace(Place place, NameSpace space, String word, Object @Nullable [] arguments) {
        List<?> values = arguments == null ? List.of() : List.of(arguments);
        used(values);
        try {
            boolean unknown = Unknown.among(values);
            return unknown
                    ? new Unknown()
                    : arguments == null ? space.getProperty(word) : space.invokeMethod(word, arguments);
        } catch (PaletteException e) {
            return refused(place, e);
        }
    }

    /** Notes that values were given to an option or to another word, alone, in a list or as parts of a sum. */
    void used(Collection<?> values) {
        for (Object value : values) {
            unused.remove(value);
            if (value instanceof Collection<?> collection) {
                used(collection);
            } else if (value instanceof Map<?, ?> map) {
                used(map.values());
            } else if (value instanceof Composed sum) {
                sum.parts().forEach(unused::remove);
            }
        }
    }

    /** Notes where an option is given that settings reach. */
    void given(@Nullable String path, Place here) {
        if (path != null) {
            places.put(path, source.text(Place.ofLine(here.line())));
        }
    }

    /** Whether the command line sets an option. */
    boolean isSetAbove(@Nullable String path) {
        return path != null && settings.isSetAbove(path);
    }

    /** A block filled from its braces and built, or what it describes where an option varies. */
    private Object fill(
            String name, @Nullable String path, Supplier<? extends Block<?>> newBlock, @Nullable Closure<?> braces) {
        Object described = describe(name, path, newBlock, braces);
        return described instanceof Template<?, ?> template ? value(template) : described;
    }

    /** The one value of a template, or the template where it varies. */
    Object value(Template<?, ?> template) {
        if (!template.isConstant()) {
            return template;
        }
        try {
            return template.at(NOTHING_VARIES);
        } catch (ScriptException e) {
            refused(e.place(), e);
            return new Unknown(template.type());
        }
    }

    /** A template of a block filled from its braces, between the settings below the script; unknown where something in them is. */
    Object describe(
            String name, @Nullable String path, Supplier<? extends Block<?>> newBlock, @Nullable Closure<?> braces) {
        Supplier<Block<?>> fresh = () -> aboveSettings(newBlock.get(), path);
        BlockScope scope = new BlockScope(this, name, path, fresh.get(), true);
        run(scope, braces);
        Template<?, ?> template =
                new Template<Object, Block<?>>(fresh, scope.given(), problem -> placed(scope, problem));
        return scope.isComplete() ? template : new Unknown(template.type());
    }

    /** Whether a definition is meant as an option's value by its own word; else it is a value within another's. */
    boolean standsAlone(List<?> arguments) {
        return reading.standsAlone(arguments);
    }

    /** What the script defines itself, out of what its word is given. */
    Object define(Definition definition, List<?> arguments) {
        Definition.Parts parts = definition.parts(arguments);
        Place place = reading.place(definition.word());
        return reading.isRehearsal()
                ? new Unknown(definition.defined())
                : definition.define(
                        parts,
                        reading.code(parts.prepared()),
                        problem -> source.problem(place, problem.getMessage(), problem));
    }

    private Block<?> aboveSettings(Block<?> block, @Nullable String path) {
        return path == null || path.isEmpty() ? block : settings.belowScript(block, path);
    }

    /** A block that is filled once, so that of its options only those vary that take a space. */
    private <B extends Block<?>, T> Object fillOnce(
            String name, String path, B block, Closure<?> braces, Function<B, T> build) {
        BlockScope scope = new BlockScope(this, name, path, block, false);
        run(scope, braces);
        if (!scope.isComplete()) {
            return new Unknown(scope.options().described());
        }
        try {
            return build.apply(block);
        } catch (PaletteException e) {
            refused(scope.place(), placed(scope, e));
            return new Unknown(scope.options().described());
        }
    }

    private void run(BlockScope scope, @Nullable Closure<?> braces) {
        warnOf(scope.place(), scope.name(), scope.options().replaced());
        if (braces != null) {
            open.push(scope);
            scope.run(braces);
            open.pop();
            requireAllUsed(scope);
        }
        scope.requireGiven();
    }

    /** The problem with the place of the option that it names, or of its block. */
    private ScriptException placed(BlockScope scope, PaletteException problem) {
        return problem instanceof ScriptException placed
                ? placed
                : source.problem(scope.placeOf(problem), problem.getMessage(), problem);
    }

    private @Nullable Object experiment(List<?> arguments) {
        Place place = reading.place("experiment");
        if (arguments.size() != 2
                || !(arguments.get(0) instanceof CharSequence || arguments.get(0) instanceof Unknown)
                || !(arguments.get(1) instanceof Closure<?> braces)) {
            refused(place, new PaletteException("experiment takes a name and a block: experiment('quickstart') { … }"));
            return null;
        }
        if (described) {
            refused(place, new PaletteException("a script describes one experiment; this is its second"));
            return null;
        }
        described = reading.isSure();
        String name = arguments.get(0) instanceof Unknown
                ? "experiment"
                : arguments.get(0).toString();
        ExperimentBlock block =
                new ExperimentBlock(name, source.folder(), () -> source.text(reading.place("")), settings);
        Object script = fillOnce("experiment", "", block, braces, this::script);
        if (script instanceof ExperimentScript complete) {
            outcome = complete;
        }
        return null;
    }

    /** What comes of the whole; a rehearsal leaves it to the execution. */
    private Object script(ExperimentBlock block) {
        if (reading.isRehearsal()) {
            return new Unknown(Experiment.class);
        }
        Experiment experiment = block.build();
        return new ExperimentScript(
                experiment,
                block.settings().withPlaces(places),
                block.runPlan(),
                block.table(experiment),
                source.fileName(),
                source.text(),
                mistakes.warnings());
    }

    private Object made(String word, Place place, Object value) {
        if (!open.isEmpty() && !(value instanceof NameSpace)) {
            unused.put(value, new Made(word, place, open.peek()));
        }
        return value;
    }

    private void requireAllUsed(BlockScope scope) {
        for (Made made : List.copyOf(unused.values())) {
            if (made.in() == scope) {
                refused(
                        made.place(),
                        new PaletteException("%s is given to no option of %s; write the option before it. Options: %s"
                                .formatted(
                                        made.word(),
                                        scope.name(),
                                        String.join(", ", scope.options().names()))));
            }
        }
        unused.values().removeIf(made -> made.in() == scope);
    }

    private boolean isOptionAround(String word) {
        return open.stream().anyMatch(outer -> outer.options().has(word))
                || (open.isEmpty() && new OptionTable(ExperimentBlock.class).has(word));
    }

    private PaletteException unknown(String word) {
        BlockScope scope = open.peek();
        if (word.equals(Inclusion.WORD)) {
            return new PaletteException(
                    "include stands alone on a line, outside all braces, with a file's name in quotes: include 'common.groovy'");
        }
        for (BlockScope outer : open) {
            if (outer != scope && outer.options().has(word)) {
                outer.mention(word);
                return new PaletteException("%s is an option of %s, not of %s; write it outside these braces"
                        .formatted(word, outer.name(), scope == null ? "" : scope.name()));
            }
        }
        if (scope == null && new OptionTable(ExperimentBlock.class).has(word)) {
            return new PaletteException(word + " is an option of experiment; write it inside experiment('…') { … }");
        }
        if (scope != null) {
            NearestWord.to(word, scope.options().names()).ifPresent(scope::mention);
        }
        return words.unknown(word, scope);
    }
}
