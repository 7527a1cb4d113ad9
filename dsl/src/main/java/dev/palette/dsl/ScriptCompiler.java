package dev.palette.dsl;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.classgen.VariableScopeVisitor;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Compiles a script's text, and words what the compiler objects to. */
final class ScriptCompiler {
    private ScriptCompiler() {}

    /**
     * A script that can be run.
     *
     * @param places where its words stand
     * @param definitions the sources of what it defines
     */
    record Compiled(PaletteScript script, WordPlaces places, InlineSources definitions) {}

    /**
     * Compiles a script.
     *
     * @param mistakes to which is added what the compiler objects to
     * @param look finds what is wrong in the syntax tree, before there are classes, and adds it too
     * @throws ScriptException for all mistakes
     */
    static Compiled compile(ScriptSource source, Mistakes mistakes, Consumer<ClassNode> look) {
        AtomicReference<WordPlaces> places = new AtomicReference<>();
        InlineSources definitions = new InlineSources(source);
        CompilerConfiguration configuration = configuration();
        configuration.addCompilationCustomizers(new CompilationCustomizer(CompilePhase.SEMANTIC_ANALYSIS) {
            @Override
            public void call(SourceUnit unit, GeneratorContext context, ClassNode node) {
                if (!node.isScript()) {
                    return;
                }
                MissingCommas.in(node, source).forEach(mistakes::add);
                if (mistakes.isEmpty()) { // else words are not where they seem to be
                    look.accept(node);
                }
                stopIfAny(unit, mistakes);
                places.set(new WordPlaces(node));
                definitions.find(node);
                new VariableScopeVisitor(unit).visitClass(node); // of what the definitions got
            }
        });
        Binding binding = new Binding(new HashMap<>(Map.of("out", System.out))); // where println prints
        GroovyShell shell = new GroovyShell(PaletteScript.class.getClassLoader(), binding, configuration);
        try {
            PaletteScript script = (PaletteScript) shell.parse(source.text(), source.unitName());
            return new Compiled(script, places.get(), definitions);
        } catch (MultipleCompilationErrorsException e) {
            if (mistakes
                    .isEmpty()) { // the compiler gave up before anybody looked, on a class that is not there perhaps
                scriptClass(source).ifPresent(look);
            }
            throw refused(source, mistakes, e);
        }
    }

    /** The script as it is written, where it can be read at all. */
    private static Optional<ClassNode> scriptClass(ScriptSource source) {
        try {
            return parse(source).getClasses().stream()
                    .filter(ClassNode::isScript)
                    .findFirst();
        } catch (ScriptException e) {
            return Optional.empty(); // the compiler has said the same
        }
    }

    /** The syntax tree of a file, as it is written. */
    static ModuleNode parse(ScriptSource source) {
        CompilationUnit unit = new CompilationUnit(configuration());
        unit.addSource(source.unitName(), source.text());
        try {
            unit.compile(Phases.CONVERSION);
            return unit.getAST().getModules().get(0);
        } catch (MultipleCompilationErrorsException e) {
            throw refused(source, new Mistakes(), e);
        }
    }

    private static CompilerConfiguration configuration() {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PaletteScript.class.getName());
        // Every call of a script runs once; linking each by invokedynamic first takes longer than all of them together.
        configuration.getOptimizationOptions().put(CompilerConfiguration.INVOKEDYNAMIC, false);
        return configuration;
    }

    /** Ends the compilation after this phase, in which the compiler may find more. */
    private static void stopIfAny(SourceUnit unit, Mistakes mistakes) {
        if (!mistakes.isEmpty()) {
            unit.getErrorCollector()
                    .addErrorAndContinue(new ExceptionMessage(new IllegalStateException("mistakes"), false, unit));
        }
    }

    private static ScriptException refused(
            ScriptSource source, Mistakes mistakes, MultipleCompilationErrorsException e) {
        List<? extends Message> errors = e.getErrorCollector().getErrors();
        for (Message error : errors) {
            if (error instanceof SyntaxErrorMessage syntax) {
                mistakes.add(worded(source, syntax.getCause(), e));
            } else if (mistakes.isEmpty()) {
                mistakes.add(source.problem(Place.UNKNOWN, String.valueOf(error), e));
            }
        }
        return mistakes.together();
    }

    private static ScriptException worded(ScriptSource source, SyntaxException cause, Exception all) {
        int last = source.lines().size();
        Place place = cause.getStartLine() > last
                ? Place.ofLine(last)
                : new Place(cause.getStartLine(), cause.getStartColumn(), 0, 0);
        return source.problem(place, plain(cause.getOriginalMessage().strip()), all);
    }

    /** Groovy quotes everything from the last thing it understood; only the end of that tells something. */
    private static String plain(String message) {
        if (!message.startsWith("Unexpected input: '")) {
            return message;
        }
        String end = message.replaceFirst("(?s)'.*(?:\\n|\\\\n)\\s*", "'");
        if (end.equals("Unexpected input: ''")) {
            return "the script ends in the middle; is a brace, bracket or quote not closed?";
        }
        return end + "; is a brace, bracket or comma missing, or one too many?";
    }
}
