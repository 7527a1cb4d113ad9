package dev.palette.dsl;

import dev.palette.adapter.Composed;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import groovy.lang.Closure;
import groovy.lang.MetaMethod;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** One evaluation of one script: which braces are open, what the words mean, and which experiment came of it. */
final class Evaluation {
    /** A value made inside braces and not yet given to an option. */
    private record Made(String word, int line, BlockScope in) {}

    private final ScriptSource source;
    private final PaletteScript script;
    private final Settings settings;
    private final Words words;
    private final Deque<BlockScope> open = new ArrayDeque<>();
    private final IdentityHashMap<Object, Made> unused = new IdentityHashMap<>();
    private @Nullable ExperimentScript outcome;

    Evaluation(ScriptSource source, PaletteScript script, Vocabulary vocabulary, Settings settings) {
        this.source = source;
        this.script = script;
        this.settings = settings;
        this.words = new Words(vocabulary, this::fill);
    }

    /** Evaluates the script from top to bottom. */
    ExperimentScript run() {
        script.evaluate(this);
        if (outcome == null) {
            throw new ScriptException(
                    source.place(0, 0) + ": the script describes no experiment; begin with: experiment('"
                            + source.fileName().replaceFirst("\\.[^.]*$", "") + "') { … }",
                    null);
        }
        return outcome;
    }

    Words words() {
        return words;
    }

    int currentLine() {
        return source.currentLine();
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
        used(arguments);
        Optional<Object> value = words.call(word, arguments);
        if (value.isPresent()) {
            return made(word, value.get());
        }
        MetaMethod own = script.getMetaClass().getMetaMethod(word, arguments.toArray());
        if (own != null && own.getDeclaringClass().getTheClass() == script.getClass()) {
            return own.doMethodInvoke(script, arguments.toArray());
        }
        throw unknown(word);
    }

    /** A value word that stands alone. */
    Object readWord(String word) {
        return words.read(word).map(value -> made(word, value)).orElseThrow(() -> unknown(word));
    }

    /** Notes that values were given to an option or to another word, alone, in a list or as parts of a sum. */
    void used(Collection<?> values) {
        for (Object value : values) {
            unused.remove(value);
            if (value instanceof Collection<?> collection) {
                used(collection);
            } else if (value instanceof Composed sum) {
                sum.parts().forEach(unused::remove);
            } else if (value instanceof Axis<?> axis) {
                used(axis.values());
            }
        }
    }

    /** A block filled from its braces between the settings below the script, and built. */
    <T> T fill(String name, @Nullable String path, Block<T> block, @Nullable Closure<?> braces) {
        Block<T> defaults = path == null || path.isEmpty() ? block : settings.belowScript(block, path);
        BlockScope scope = new BlockScope(this, name, path, defaults);
        if (braces != null) {
            open.push(scope);
            scope.run(braces);
            open.pop();
            requireAllUsed(scope);
        }
        try {
            return block.build();
        } catch (ScriptException e) {
            throw e;
        } catch (PaletteException e) {
            throw scope.lineOf(e)
                    .<PaletteException>map(line -> source.problem(line, e.getMessage(), e))
                    .orElse(e);
        }
    }

    private @Nullable Object experiment(List<?> arguments) {
        if (arguments.size() != 2
                || !(arguments.get(0) instanceof CharSequence name)
                || !(arguments.get(1) instanceof Closure<?> braces)) {
            throw new PaletteException("experiment takes a name and a block: experiment('quickstart') { … }");
        }
        if (outcome != null) {
            throw new PaletteException("a script describes one experiment; this is its second");
        }
        ExperimentBlock block =
                new ExperimentBlock(name.toString(), source.folder(), () -> source.place(currentLine(), 0), settings);
        Experiment experiment = fill("experiment", "", block, braces);
        outcome = new ExperimentScript(experiment, block.settings(), block.runPlan(), source.fileName(), source.text());
        return null;
    }

    private Object made(String word, Object value) {
        if (!open.isEmpty() && !(value instanceof NameSpace)) {
            unused.put(value, new Made(word, currentLine(), open.peek()));
        }
        return value;
    }

    private void requireAllUsed(BlockScope scope) {
        for (Made made : unused.values()) {
            if (made.in() == scope) {
                throw source.problem(
                        made.line(),
                        "%s is given to no option of %s; write the option before it. Options: %s"
                                .formatted(
                                        made.word(),
                                        scope.name(),
                                        String.join(", ", scope.options().names())),
                        null);
            }
        }
    }

    private PaletteException unknown(String word) {
        BlockScope scope = open.peek();
        for (BlockScope outer : open) {
            if (outer != scope && outer.options().has(word)) {
                return new PaletteException("%s is an option of %s, not of %s; write it outside these braces"
                        .formatted(word, outer.name(), scope == null ? "" : scope.name()));
            }
        }
        if (scope == null && new OptionTable(ExperimentBlock.class).has(word)) {
            return new PaletteException(word + " is an option of experiment; write it inside experiment('…') { … }");
        }
        return words.unknown(word, scope);
    }
}
