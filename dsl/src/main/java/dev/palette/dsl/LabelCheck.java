package dev.palette.dsl;

import java.util.List;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.stmt.LoopingStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Refuses statement labels. {@code steps: 5} looks like an option, but to Groovy it is the number 5 with a label, which it
 * computes and forgets. Loops keep their labels: there they mean something.
 */
final class LabelCheck extends CompilationCustomizer {
    LabelCheck() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
        new ClassCodeVisitorSupport() {
            @Override
            protected SourceUnit getSourceUnit() {
                return source;
            }

            @Override
            protected void visitStatement(Statement statement) {
                List<String> labels = statement.getStatementLabels();
                if (labels != null && !labels.isEmpty() && !(statement instanceof LoopingStatement)) {
                    addError(
                            "'%1$s:' is a label, which Groovy ignores; write the option without the colon: %1$s %2$s"
                                    .formatted(
                                            labels.get(0), statement.getText().replaceFirst("^.*:\\s*", "")),
                            statement);
                }
                super.visitStatement(statement);
            }
        }.visitClass(node);
    }
}
