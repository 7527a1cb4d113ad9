package dev.palette.dsl;

import dev.palette.experiment.Settings;
import dev.palette.experiment.Template;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import groovy.lang.MetaMethod;
import groovy.lang.MissingMethodException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerInvocationException;

/** A compiled script as it runs, from top to bottom and once. */
final class Execution implements ScriptReading {
    /** What a script prints with, within braces as outside. */
    static final Set<String> PRINTING = Set.of("print", "println", "printf");

    private final ScriptSource source;
    private final PaletteScript script;
    private final WordPlaces places;
    private final InlineSources definitions;
    private final Mistakes mistakes;
    private final Evaluation evaluation;

    Execution(
            ScriptSource source,
            ScriptCompiler.Compiled compiled,
            Mistakes mistakes,
            Vocabulary vocabulary,
            Settings settings) {
        this.source = source;
        this.script = compiled.script();
        this.places = compiled.places();
        this.definitions = compiled.definitions();
        this.mistakes = mistakes;
        this.evaluation = new Evaluation(source, this, mistakes, vocabulary, settings);
    }

    /** What the script says. */
    ExperimentScript run() {
        try {
            script.evaluate(evaluation);
        } catch (InvokerInvocationException e) {
            mistakes.throwIfAny(); // of which this may be a consequence
            throw placed(e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (RuntimeException e) {
            mistakes.throwIfAny();
            throw placed(e);
        }
        mistakes.throwIfAny();
        return evaluation.outcome();
    }

    @Override
    public Place place(String word) {
        return places.find(source.currentLine(), word);
    }

    @Override
    public Optional<OwnFunction> own(String function, List<?> arguments) {
        MetaMethod own = script.getMetaClass().getMetaMethod(function, arguments.toArray());
        boolean callable = own != null
                && (own.getDeclaringClass().getTheClass() == script.getClass() || PRINTING.contains(function));
        return callable ? Optional.of(() -> own.doMethodInvoke(script, arguments.toArray())) : Optional.empty();
    }

    @Override
    public InlineCode code(List<?> prepared) {
        return definitions.code(prepared);
    }

    @Override
    public boolean standsAlone(List<?> arguments) {
        return InlineSources.standsAlone(arguments);
    }

    @Override
    public boolean isSure() {
        return true;
    }

    @Override
    public boolean isRehearsal() {
        return false;
    }

    /** The same problem with the line of the script it came through. */
    private PaletteException placed(RuntimeException thrown) {
        return thrown instanceof ScriptException placed
                ? placed
                : source.problem(Place.ofLine(source.lineOf(thrown)), wording(thrown), thrown);
    }

    private static String wording(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof PaletteException) {
            return message;
        }
        if (thrown instanceof MissingMethodException missing
                && missing.getMethod().equals("call")) {
            return "a variable of a word's name hides the word; rename the variable";
        }
        if (thrown instanceof MissingMethodException missing
                && missing.getMethod().equals("plus")
                && (missing.getType() == Template.class || Spaces.vary(Arrays.asList(missing.getArguments())))) {
            return "what varies is not added up by +; write composed { of pal { size choice(102, 204) }, topLayer() }";
        }
        String first =
                message.lines().findFirst().orElse(""); // without the methods of the JDK that Groovy proposes instead
        return "the script stopped with %s: %s".formatted(thrown.getClass().getSimpleName(), first);
    }
}
