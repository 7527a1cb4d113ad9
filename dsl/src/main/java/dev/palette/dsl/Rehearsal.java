package dev.palette.dsl;

import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.CaseStatement;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.DoWhileStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.LoopingStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.SynchronizedStatement;
import org.codehaus.groovy.ast.stmt.ThrowStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a script's syntax tree before any of it runs: every word is looked up and every option is given its values as in the
 * {@link Execution}, by the same {@link Evaluation}, as far as the values stand there to be read. What only running the script would give
 * is {@link Unknown}, and nothing of the script's own is called. So all mistakes that can be found by reading are found at once.
 */
final class Rehearsal implements ScriptReading {
    private final ScriptSource source;
    private final ClassNode script;
    private final Evaluation evaluation;
    private final RehearsedValues values;
    private Place place = Place.UNKNOWN;
    private int unsure;
    private @Nullable Expression alone;
    private boolean standsAlone;

    /** @param mistakes to which is added what is found */
    Rehearsal(ScriptSource source, ClassNode script, Mistakes mistakes, Vocabulary vocabulary, Settings settings) {
        this.source = source;
        this.script = script;
        this.evaluation = new Evaluation(source, this, mistakes, vocabulary, settings);
        this.values = new RehearsedValues(this, evaluation, Reassigned.in(script));
    }

    /** Goes through the script, its functions last. */
    void run() {
        for (MethodNode method : script.getMethods()) {
            if (method.getName().equals("run") && method.getParameters().length == 0) {
                statement(method.getCode(), new Names(null));
            }
        }
        for (MethodNode method : script.getMethods()) {
            if (isOwn(method)
                    && !method.getName().equals("run")
                    && !method.getName().equals("main")) {
                unsurely(() -> statement(method.getCode(), Names.of(method.getParameters(), null)));
            }
        }
    }

    private boolean isOwn(MethodNode method) {
        return method.getDeclaringClass().equals(script) && method.getCode() != null && method.getLineNumber() > 0;
    }

    /** Whether the script declares a function of a name. */
    boolean declares(String function) {
        return script.getMethods().stream()
                .anyMatch(method -> isOwn(method) && method.getName().equals(function));
    }

    @Override
    public Place place(String word) {
        return place;
    }

    /** What is come upon next stands there. */
    void at(Place next) {
        place = next;
    }

    /** What is come upon next is a call. */
    void at(MethodCallExpression call) {
        place = WordPlaces.of(call);
        standsAlone = call == alone;
    }

    /** Notes a mistake at a node of the tree. */
    Object refuse(Place where, String message) {
        return evaluation.refused(where, new PaletteException(message));
    }

    @Override
    public Optional<OwnFunction> own(String function, List<?> arguments) {
        return Execution.PRINTING.contains(function) // the script's own are met with before words are
                ? Optional.of(Unknown::new)
                : Optional.empty();
    }

    @Override
    public InlineCode code(List<?> prepared) {
        throw new IllegalStateException("what a script defines is not looked into before it runs");
    }

    @Override
    public boolean standsAlone(List<?> arguments) {
        return standsAlone;
    }

    @Override
    public boolean isSure() {
        return unsure == 0;
    }

    @Override
    public boolean isRehearsal() {
        return true;
    }

    /** Looks at something that may be executed never, or often. */
    void unsurely(Runnable look) {
        unsure++;
        try {
            look.run();
        } finally {
            unsure--;
        }
    }

    /** Looks at the inside of a block, which is executed once whenever its word is. */
    void surely(Runnable look) {
        int outside = unsure;
        unsure = 0;
        try {
            look.run();
        } finally {
            unsure = outside;
        }
    }

    /** Goes through a statement, with the variables that are known there. */
    void statement(Statement statement, Names names) {
        refuseLabel(statement);
        if (statement instanceof BlockStatement block) {
            Names inner = new Names(names);
            block.getStatements().forEach(each -> statement(each, inner));
        } else if (statement instanceof ExpressionStatement e) {
            alone = e.getExpression();
            expression(e.getExpression(), names);
        } else if (statement instanceof ReturnStatement e) {
            expression(e.getExpression(), names);
        } else if (statement instanceof ThrowStatement e) {
            expression(e.getExpression(), names);
        } else if (statement instanceof AssertStatement e) {
            values.of(e.getBooleanExpression(), names);
        } else if (statement instanceof LoopingStatement loop) {
            unsurely(() -> loop(loop, new Names(names)));
        } else {
            unsurely(() -> branches(statement, names));
        }
    }

    /** What an expression that stands for itself makes where nobody can say what becomes of it counts as used. */
    private void expression(Expression expression, Names names) {
        Object value = values.of(expression, names);
        if (unsure > 0 && value != null) {
            evaluation.used(List.of(value));
        }
    }

    private void loop(LoopingStatement loop, Names names) {
        if (loop instanceof ForStatement each) {
            values.of(each.getCollectionExpression(), names);
            names.declare(each.getVariable().getName(), new Unknown());
        } else if (loop instanceof WhileStatement each) {
            values.of(each.getBooleanExpression(), names);
        } else if (loop instanceof DoWhileStatement each) {
            values.of(each.getBooleanExpression(), names);
        }
        statement(loop.getLoopBlock(), names);
    }

    private void branches(Statement statement, Names names) {
        if (statement instanceof IfStatement branch) {
            values.of(branch.getBooleanExpression(), names);
            statement(branch.getIfBlock(), names);
            statement(branch.getElseBlock(), names);
        } else if (statement instanceof SwitchStatement choice) {
            values.of(choice.getExpression(), names);
            for (CaseStatement each : choice.getCaseStatements()) {
                values.of(each.getExpression(), names);
                statement(each.getCode(), names);
            }
            statement(choice.getDefaultStatement(), names);
        } else if (statement instanceof TryCatchStatement attempt) {
            statement(attempt.getTryStatement(), names);
            for (CatchStatement each : attempt.getCatchStatements()) {
                statement(each.getCode(), Names.of(new Parameter[] {each.getVariable()}, names));
            }
            statement(attempt.getFinallyStatement(), names);
        } else if (statement instanceof SynchronizedStatement block) {
            statement(block.getCode(), names);
        }
    }

    /** {@code steps: 5} looks like an option; to Groovy it is the number 5 with a label. Loops keep their labels, which mean something. */
    private void refuseLabel(Statement statement) {
        List<String> labels = statement.getStatementLabels();
        if (labels != null && !labels.isEmpty() && !(statement instanceof LoopingStatement)) {
            String rest = statement.getText().replaceFirst("^.*:\\s*", "");
            refuse(
                    labelled(statement, labels.get(0)),
                    "'%1$s:' is a label, which Groovy ignores; write the option without the colon: %1$s %2$s"
                            .formatted(labels.get(0), rest));
        }
    }

    /** The statement's own place begins after its label. */
    private Place labelled(ASTNode statement, String label) {
        return WordPlaces.of(statement, source.columnOf(statement.getLineNumber(), label + ":"));
    }
}
