package dev.palette.dsl;

import dev.palette.inline.GroovyCode;
import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;

/**
 * The sources of what a script defines itself. Each definition is a text of its own, out of what it uses of the script: imports, functions,
 * closures, and the values that its variables have when the definition is come upon. For that the call gets one more argument, after its
 * braces: the definition's number and the values.
 */
final class InlineSources {
    /**
     * A definition as it is written.
     *
     * @param preface imports, functions and closures that it uses, in the script's words
     * @param closure its braces
     */
    private record Written(List<String> preface, String closure) {}

    private final ScriptSource source;
    private final Map<String, MethodNode> functions = new LinkedHashMap<>();
    private final Map<String, ClosureExpression> closures = new LinkedHashMap<>();
    private final List<Written> definitions = new ArrayList<>();
    private final Set<Expression> standingAlone = Collections.newSetFromMap(new IdentityHashMap<>());

    InlineSources(ScriptSource source) {
        this.source = source;
    }

    /** Finds the definitions of a script, and adds to each call what {@link #code} asks for. */
    void find(ClassNode script) {
        Set<String> reassigned = Reassigned.in(script);
        for (MethodNode method : script.getMethods()) {
            if (method.getLineNumber() > 0 && !method.getName().equals("run")) {
                functions.put(method.getName(), method);
            }
            method.getCode().visit(new CodeVisitorSupport() {
                @Override
                public void visitDeclarationExpression(DeclarationExpression declaration) {
                    if (declaration.getRightExpression() instanceof ClosureExpression closure
                            && !declaration.isMultipleAssignmentDeclaration()
                            && !reassigned.contains(
                                    declaration.getVariableExpression().getName())) {
                        closures.put(declaration.getVariableExpression().getName(), closure);
                    }
                    super.visitDeclarationExpression(declaration);
                }
            });
        }
        List<String> imports = imports(script);
        script.getMethods()
                .forEach(method -> method.getCode().visit(new CodeVisitorSupport() {
                    @Override
                    public void visitExpressionStatement(ExpressionStatement statement) {
                        standingAlone.add(statement.getExpression());
                        super.visitExpressionStatement(statement);
                    }

                    @Override
                    public void visitMethodCallExpression(MethodCallExpression call) {
                        if (call.isImplicitThis()
                                && Definition.isWord(call.getMethodAsString())
                                && !functions.containsKey(call.getMethodAsString())
                                && call.getArguments() instanceof ArgumentListExpression arguments) {
                            prepare(arguments, imports, standingAlone.contains(call));
                        }
                        super.visitMethodCallExpression(call);
                    }
                }));
    }

    private void prepare(ArgumentListExpression arguments, List<String> imports, boolean alone) {
        List<Expression> all = arguments.getExpressions();
        if (all.isEmpty() || !(all.get(all.size() - 1) instanceof ClosureExpression closure)) {
            return;
        }
        Uses uses = new Uses();
        uses.of(closure);
        List<String> preface = new ArrayList<>(imports);
        preface.addAll(uses.texts.values());
        MapExpression values = new MapExpression();
        uses.values.forEach((name, variable) -> values.addMapEntryExpression(
                new MapEntryExpression(new ConstantExpression(name), new VariableExpression(variable))));
        arguments.addExpression(new ListExpression(List.of(
                new ConstantExpression(definitions.size(), true), values, new ConstantExpression(alone, true))));
        definitions.add(new Written(preface, text(closure)));
    }

    /** Whether a definition's call is a statement of its own, by what was added to its arguments. */
    static boolean standsAlone(List<?> arguments) {
        return arguments.get(arguments.size() - 1) instanceof List<?> prepared && Boolean.TRUE.equals(prepared.get(2));
    }

    /**
     * The code of a definition.
     *
     * @param prepared the argument that was added to its call
     * @throws PaletteException when it uses a variable whose value cannot be kept
     */
    InlineCode code(List<?> prepared) {
        Written written = definitions.get((Integer) prepared.get(0));
        StringBuilder text = new StringBuilder();
        ((Map<?, ?>) prepared.get(1))
                .forEach((name, value) -> text.append("def %s = ".formatted(name))
                        .append(Literals.of(name, value))
                        .append('\n'));
        written.preface().forEach(each -> text.append(each).append('\n'));
        return InlineCode.of(
                GroovyCode.NAME,
                text.append("return ").append(written.closure()).append('\n').toString());
    }

    private List<String> imports(ClassNode script) {
        List<ImportNode> all = new ArrayList<>(script.getModule().getImports());
        all.addAll(script.getModule().getStarImports());
        all.addAll(script.getModule().getStaticImports().values());
        all.addAll(script.getModule().getStaticStarImports().values());
        return all.stream().map(ImportNode::getText).toList();
    }

    /** What stands there, without what it is indented by: moved to another place, it is the same definition. */
    private String text(ASTNode node) {
        List<String> lines = new ArrayList<>();
        for (int line = node.getLineNumber(); line <= node.getLastLineNumber(); line++) {
            String whole = source.lines().get(line - 1).text();
            int end = line == node.getLastLineNumber() ? node.getLastColumnNumber() - 1 : whole.length();
            lines.add(whole.substring(line == node.getLineNumber() ? node.getColumnNumber() - 1 : 0, end));
        }
        String rest = String.join("\n", lines.subList(1, lines.size())).stripIndent();
        return lines.size() == 1 ? lines.get(0) : lines.get(0).stripTrailing() + "\n" + rest;
    }

    /** What a closure uses of its script, and what that uses. */
    private final class Uses extends CodeVisitorSupport {
        /** Functions and closures by name, each after what it uses. */
        private final Map<String, String> texts = new LinkedHashMap<>();

        private final Map<String, Variable> values = new LinkedHashMap<>();
        private final Set<String> seen = new LinkedHashSet<>();

        void of(ClosureExpression closure) {
            VariableScope scope = closure.getVariableScope();
            for (Iterator<Variable> used = scope.getReferencedLocalVariablesIterator(); used.hasNext(); ) {
                Variable variable = used.next();
                ClosureExpression written = closures.get(variable.getName());
                if (seen.add(variable.getName())) {
                    if (written == null) {
                        values.put(variable.getName(), variable);
                    } else {
                        of(written);
                        texts.put(variable.getName(), "def " + variable.getName() + " = " + text(written));
                    }
                }
            }
            closure.getCode().visit(this);
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            MethodNode function = call.isImplicitThis() ? functions.get(call.getMethodAsString()) : null;
            if (function != null && seen.add(function.getName() + "()")) {
                function.getCode().visit(this);
                texts.put(function.getName() + "()", text(function));
            }
            super.visitMethodCallExpression(call);
        }
    }
}
