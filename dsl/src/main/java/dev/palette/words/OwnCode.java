package dev.palette.words;

import dev.palette.inline.GroovyCode;
import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;

/**
 * The code of a trial's own definitions, taken apart again: the braces, which go back to where a definition stands, and the imports,
 * values, functions and closures that they use, which go before the experiment.
 */
final class OwnCode {
    private static final String RETURN = "return ";

    /** By what they are called, in the order in which they are come upon. */
    private final Map<String, String> before = new LinkedHashMap<>();

    /**
     * The braces of a definition; what they use is kept for the head of the script.
     *
     * @throws PaletteException when two definitions mean different things by one name, or the code is not Groovy
     */
    String braces(InlineCode code) {
        if (!code.language().equals(GroovyCode.NAME)) {
            throw new PaletteException(
                    "a definition is written in %s; a script has room for groovy alone".formatted(code.language()));
        }
        List<String> lines = code.source().lines().toList();
        ModuleNode parsed = parsed(code);
        List<Statement> statements = parsed.getStatementBlock().getStatements();
        List<ImportNode> imports = new ArrayList<>(parsed.getImports());
        imports.addAll(parsed.getStarImports());
        imports.addAll(parsed.getStaticImports().values());
        imports.addAll(parsed.getStaticStarImports().values());
        imports.forEach(each -> keep(each.getText(), text(each, lines)));
        for (Statement statement : statements.subList(0, statements.size() - 1)) {
            keep(declared(statement), text(statement, lines));
        }
        for (MethodNode function : parsed.getMethods()) {
            keep(function.getName() + "()", text(function, lines));
        }
        return text(statements.get(statements.size() - 1), lines).substring(RETURN.length());
    }

    /** What stands before the experiment: nothing, or lines and an empty one. */
    String head() {
        return before.isEmpty() ? "" : String.join("\n", before.values()) + "\n\n";
    }

    private void keep(String name, String text) {
        String other = before.putIfAbsent(name, text);
        if (other != null && !other.equals(text)) {
            throw new PaletteException("two definitions of the trial mean different things by %s".formatted(name));
        }
    }

    private static String declared(Statement statement) {
        return statement instanceof ExpressionStatement alone
                        && alone.getExpression() instanceof DeclarationExpression declaration
                ? declaration.getVariableExpression().getName()
                : statement.getText();
    }

    private static ModuleNode parsed(InlineCode code) {
        CompilationUnit unit = new CompilationUnit();
        unit.addSource("definition.groovy", code.source());
        unit.compile(Phases.CONVERSION);
        return unit.getAST().getModules().get(0);
    }

    /** Each of them begins and ends a line. */
    private static String text(ASTNode node, List<String> lines) {
        return String.join("\n", lines.subList(node.getLineNumber() - 1, node.getLastLineNumber()));
    }
}
