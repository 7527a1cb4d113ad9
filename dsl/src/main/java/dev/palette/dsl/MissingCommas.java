package dev.palette.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/**
 * Where a comma was forgotten: Groovy reads {@code shared() pal { … }} as {@code shared().pal { … }}, a chain of commands, which no word
 * of a script begins.
 */
final class MissingCommas extends CodeVisitorSupport {
    private static final Pattern DOTTED = Pattern.compile("[.@&]\\s*$");

    private final ScriptSource source;
    private final List<ScriptException> found = new ArrayList<>();

    private MissingCommas(ScriptSource source) {
        this.source = source;
    }

    static List<ScriptException> in(ClassNode script, ScriptSource source) {
        MissingCommas visitor = new MissingCommas(source);
        script.getMethods().forEach(method -> method.getCode().visit(visitor));
        return visitor.found;
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (!call.isImplicitThis()) {
            look(call.getObjectExpression(), call.getMethod());
        }
        super.visitMethodCallExpression(call);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
        look(property.getObjectExpression(), property.getProperty());
        super.visitPropertyExpression(property);
    }

    private void look(Expression before, Expression name) {
        if (before instanceof VariableExpression || name.getLineNumber() < 1) {
            return;
        }
        String line = source.lines().get(name.getLineNumber() - 1).text();
        String until = line.substring(0, name.getColumnNumber() - 1);
        boolean apart = !until.isBlank() && Character.isWhitespace(until.charAt(until.length() - 1));
        if (apart && !DOTTED.matcher(until).find()) {
            found.add(source.problem(
                    WordPlaces.of(name),
                    "a comma is missing before '%s'; without it Groovy takes that for a part of what stands before"
                            .formatted(name.getText()),
                    null));
        }
    }
}
