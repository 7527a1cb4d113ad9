package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * Puts the text of included files in the place of {@code include 'common.groovy'}, so that their variables and functions are those of
 * the script. A file is included once, wherever it is asked for first; its path is relative to the file that asks.
 */
final class Inclusion {
    static final String WORD = "include";

    private final Path script;
    private final Set<Path> included = new HashSet<>();

    Inclusion(Path script) {
        this.script = script;
    }

    /** The lines of the script and of all that it includes. */
    List<ScriptSource.Line> lines() {
        return lines(script, List.of(script.toAbsolutePath().normalize()));
    }

    private List<ScriptSource.Line> lines(Path file, List<Path> chain) {
        List<String> texts = ScriptText.read(file).lines().toList();
        List<ScriptSource.Line> own = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            own.add(new ScriptSource.Line(file, i + 1, texts.get(i)));
        }
        if (chain.size() == 1 && texts.stream().noneMatch(line -> line.contains(WORD))) {
            return own; // without being parsed twice
        }
        ScriptSource source = new ScriptSource(file, own);
        Map<Integer, MethodCallExpression> calls = includes(ScriptCompiler.parse(source));
        List<ScriptSource.Line> all = new ArrayList<>();
        for (ScriptSource.Line line : own) {
            MethodCallExpression call = calls.get(line.number());
            if (call == null) {
                all.add(line);
            } else {
                all.addAll(included(source, call, chain));
            }
        }
        return all;
    }

    private List<ScriptSource.Line> included(ScriptSource source, MethodCallExpression call, List<Path> chain) {
        Place place = WordPlaces.of(call);
        ScriptSource.Line line = source.lines().get(call.getLineNumber() - 1);
        String rest = line.text().substring(0, call.getColumnNumber() - 1)
                + line.text().substring(call.getLastColumnNumber() - 1);
        if (!rest.replaceFirst("//.*", "").replace(";", "").isBlank()) {
            throw source.problem(place, "include stands on a line of its own", null);
        }
        Path file = line.file().resolveSibling(fileName(call).orElseThrow());
        Path whole = file.toAbsolutePath().normalize();
        if (chain.contains(whole)) {
            throw source.problem(
                    place, "%s includes itself, by way of what it includes".formatted(file.getFileName()), null);
        } else if (!Files.exists(file)) {
            throw source.problem(
                    place.value(),
                    "there is no file %s to include; its path is relative to %s"
                            .formatted(file, line.file().getFileName()),
                    null);
        } else if (!included.add(whole)) {
            return List.of();
        }
        List<Path> longer = new ArrayList<>(chain);
        longer.add(whole);
        try {
            return lines(file.normalize(), longer);
        } catch (ScriptException e) {
            throw e;
        } catch (PaletteException e) {
            throw source.problem(place.value(), e.getMessage(), e);
        }
    }

    /** The calls of {@code include} outside all braces, by line. */
    private static Map<Integer, MethodCallExpression> includes(ModuleNode module) {
        Map<Integer, MethodCallExpression> calls = new TreeMap<>();
        for (Statement statement : module.getStatementBlock().getStatements()) {
            if (statement instanceof ExpressionStatement e
                    && e.getExpression() instanceof MethodCallExpression call
                    && call.isImplicitThis()
                    && WORD.equals(call.getMethodAsString())
                    && fileName(call).isPresent()) {
                calls.put(call.getLineNumber(), call);
            }
        }
        return calls;
    }

    private static Optional<String> fileName(MethodCallExpression call) {
        List<Expression> arguments =
                call.getArguments() instanceof ArgumentListExpression list ? list.getExpressions() : List.of();
        return arguments.size() == 1
                        && arguments.get(0) instanceof ConstantExpression name
                        && name.getValue() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
