package dev.palette.dsl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;

/** Where each word of a script stands: a running script knows its lines, and not its columns. */
final class WordPlaces {
    private record Key(int line, String word) {}

    private final Map<Key, List<Place>> places = new HashMap<>();

    WordPlaces(ClassNode script) {
        script.getMethods().forEach(method -> method.getCode().visit(new Finder()));
    }

    /** The place of a word in a line; of the line alone, where the word is not in it, or more than once. */
    Place find(int line, String word) {
        List<Place> found = places.getOrDefault(new Key(line, word), List.of());
        return found.size() == 1 ? found.get(0) : Place.ofLine(line);
    }

    /** Where a call's word stands, and its first argument. */
    static Place of(MethodCallExpression call) {
        ASTNode word = call.getMethod().getLineNumber() > 0 ? call.getMethod() : call;
        List<Expression> arguments =
                call.getArguments() instanceof TupleExpression tuple ? tuple.getExpressions() : List.of();
        return arguments.isEmpty() || arguments.get(0).getLineNumber() < 1
                ? of(word)
                : new Place(
                        word.getLineNumber(),
                        word.getColumnNumber(),
                        arguments.get(0).getLineNumber(),
                        arguments.get(0).getColumnNumber());
    }

    static Place of(ASTNode node) {
        return new Place(Math.max(0, node.getLineNumber()), Math.max(0, node.getColumnNumber()), 0, 0);
    }

    /** A node whose column is known otherwise. */
    static Place of(ASTNode node, int column) {
        return new Place(Math.max(0, node.getLineNumber()), column, 0, 0);
    }

    private void add(Place place, @Nullable String word) {
        if (word != null) {
            places.computeIfAbsent(new Key(place.line(), word), unseen -> new ArrayList<>())
                    .add(place);
        }
    }

    private final class Finder extends ClassCodeVisitorSupport {
        @Override
        protected @Nullable SourceUnit getSourceUnit() {
            return null;
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            add(of(call), call.getMethodAsString());
            super.visitMethodCallExpression(call);
        }

        @Override
        public void visitVariableExpression(VariableExpression variable) {
            add(of(variable), variable.getName());
            super.visitVariableExpression(variable);
        }
    }
}
