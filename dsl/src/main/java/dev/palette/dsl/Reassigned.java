package dev.palette.dsl;

import java.util.HashSet;
import java.util.Set;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;

/** Finds the variables that a script gives another value after they were declared; only running it shows what they hold. */
final class Reassigned extends ClassCodeVisitorSupport {
    private final Set<String> names = new HashSet<>();

    private Reassigned() {}

    /** Their names. */
    static Set<String> in(ClassNode script) {
        Reassigned all = new Reassigned();
        script.getMethods().forEach(method -> method.getCode().visit(all));
        return all.names;
    }

    @Override
    protected @Nullable SourceUnit getSourceUnit() {
        return null;
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (Types.isAssignment(expression.getOperation().getType()) && !(expression instanceof DeclarationExpression)) {
            add(expression.getLeftExpression());
        }
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitPrefixExpression(PrefixExpression expression) {
        add(expression.getExpression());
        super.visitPrefixExpression(expression);
    }

    @Override
    public void visitPostfixExpression(PostfixExpression expression) {
        add(expression.getExpression());
        super.visitPostfixExpression(expression);
    }

    private void add(Expression target) {
        if (target instanceof VariableExpression variable) {
            names.add(variable.getName());
        }
    }
}
