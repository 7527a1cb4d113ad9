package dev.palette.dsl;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import java.util.List;
import java.util.stream.Collectors;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Compiles a script's text to a {@link PaletteScript}, and words what the compiler objects to. */
final class ScriptCompiler {
    private ScriptCompiler() {}

    static PaletteScript compile(ScriptSource source) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PaletteScript.class.getName());
        configuration.addCompilationCustomizers(new LabelCheck());
        // Every call of a script runs once; linking each by invokedynamic first takes longer than all of them together.
        configuration.getOptimizationOptions().put(CompilerConfiguration.INVOKEDYNAMIC, false);
        GroovyShell shell = new GroovyShell(PaletteScript.class.getClassLoader(), new Binding(), configuration);
        try {
            return (PaletteScript) shell.parse(source.text(), source.fileName());
        } catch (MultipleCompilationErrorsException e) {
            List<? extends Message> errors = e.getErrorCollector().getErrors();
            throw new ScriptException(
                    errors.stream().map(error -> wording(source, error)).collect(Collectors.joining("\n")), e);
        }
    }

    private static String wording(ScriptSource source, Message error) {
        if (!(error instanceof SyntaxErrorMessage syntax)) {
            return source.place(0, 0) + ": " + error;
        }
        SyntaxException cause = syntax.getCause();
        return source.place(cause.getStartLine(), cause.getStartColumn()) + ": "
                + plain(cause.getOriginalMessage().strip()) + source.quote(cause.getStartLine());
    }

    /** Groovy quotes everything from the last thing it understood; only the end of that tells something. */
    private static String plain(String message) {
        if (!message.startsWith("Unexpected input: '")) {
            return message;
        }
        String end = message.replaceFirst("(?s)'.*(?:\\n|\\\\n)\\s*", "'");
        return end + "; is a brace, bracket or comma missing, or one too many?";
    }
}
