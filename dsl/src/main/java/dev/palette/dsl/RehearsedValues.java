package dev.palette.dsl;

import groovy.lang.Closure;
import groovy.lang.GroovyRuntimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.expr.UnaryPlusExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;

/** What the expressions of a script are worth, as far as it can be told without running it. */
final class RehearsedValues {
    private static final Set<String> NO_WORDS = Set.of("this", "super", "args", "binding", "it");
    private static final Map<Integer, String> ARITHMETIC = Map.of(
            Types.PLUS, "plus",
            Types.MINUS, "minus",
            Types.MULTIPLY, "multiply",
            Types.DIVIDE, "div",
            Types.POWER, "power");

    private final Rehearsal rehearsal;
    private final Evaluation evaluation;
    private final Set<String> reassigned;
    private @Nullable BlockScope scope;

    /** @param reassigned the variables whose value changes */
    RehearsedValues(Rehearsal rehearsal, Evaluation evaluation, Set<String> reassigned) {
        this.rehearsal = rehearsal;
        this.evaluation = evaluation;
        this.reassigned = reassigned;
    }

    /** The value of an expression; null stands for null alone. */
    @Nullable
    Object of(Expression expression, Names names) {
        if (expression instanceof ConstantExpression constant) {
            return constant.getValue();
        } else if (expression instanceof MethodCallExpression call) {
            return call(call, names);
        } else if (expression instanceof DeclarationExpression declaration) {
            return declared(declaration, names);
        } else if (expression instanceof BinaryExpression binary) {
            return binary(binary, names);
        } else if (expression instanceof VariableExpression variable) {
            return variable(variable, names);
        } else if (expression instanceof PropertyExpression property) {
            return property(property, names);
        } else if (expression instanceof ClosureExpression closure) {
            return new Braces(closure, names, scope);
        }
        return literal(expression, names);
    }

    private @Nullable Object literal(Expression expression, Names names) {
        if (expression instanceof ListExpression list) {
            return all(list.getExpressions(), names);
        } else if (expression instanceof MapExpression map) {
            return map(map, names);
        } else if (expression instanceof RangeExpression range) {
            return range(range, names);
        } else if (expression instanceof UnaryMinusExpression minus) {
            Object value = of(minus.getExpression(), names);
            return value instanceof Number ? InvokerHelper.unaryMinus(value) : new Unknown();
        } else if (expression instanceof UnaryPlusExpression plus) {
            return of(plus.getExpression(), names);
        } else if (expression instanceof GStringExpression text) {
            all(text.getValues(), names);
            return new Unknown(String.class);
        }
        looked(expression, names);
        return new Unknown();
    }

    /** Expressions whose value is unknown whatever they hold; what they hold is looked at. */
    private void looked(Expression expression, Names names) {
        if (expression instanceof TernaryExpression choice) {
            of(choice.getBooleanExpression(), names);
            rehearsal.unsurely(() -> used(List.of(choice.getTrueExpression(), choice.getFalseExpression()), names));
        } else if (expression instanceof BooleanExpression truth) {
            used(List.of(truth.getExpression()), names);
        } else if (expression instanceof CastExpression cast) {
            used(List.of(cast.getExpression()), names);
        } else if (expression instanceof StaticMethodCallExpression call) {
            used(arguments(call.getArguments()), names);
        } else if (expression instanceof ConstructorCallExpression call) {
            used(arguments(call.getArguments()), names);
        }
    }

    /** Values of which nobody can say what becomes of them; closures among them may be called, or not. */
    private void used(List<Expression> expressions, Names names) {
        for (Object value : all(expressions, names)) {
            evaluation.used(List.of(value));
            if (value instanceof Braces braces) {
                braces.maybeCalled();
            }
        }
    }

    private List<Object> all(List<Expression> expressions, Names names) {
        List<Object> values = new ArrayList<>();
        for (Expression each : expressions) {
            Object value = of(each, names);
            values.add(value == null ? new Unknown() : value);
        }
        return values;
    }

    private Map<Object, Object> map(MapExpression map, Names names) {
        Map<Object, Object> values = new LinkedHashMap<>();
        for (MapEntryExpression entry : map.getMapEntryExpressions()) {
            List<Object> both = all(List.of(entry.getKeyExpression(), entry.getValueExpression()), names);
            values.put(both.get(0), both.get(1));
        }
        return values;
    }

    private Object range(RangeExpression range, Names names) {
        Object from = of(range.getFrom(), names);
        Object to = of(range.getTo(), names);
        return from instanceof Integer first && to instanceof Integer last
                ? InvokerHelper.createRange(first, last, range.isInclusive())
                : new Unknown(List.class);
    }

    private Object declared(DeclarationExpression declaration, Names names) {
        Object value = of(declaration.getRightExpression(), names);
        if (value != null) {
            evaluation.used(List.of(value));
        }
        if (declaration.isMultipleAssignmentDeclaration()) {
            declaration.getTupleExpression().getExpressions().stream()
                    .map(VariableExpression.class::cast)
                    .forEach(each -> names.declare(each.getName(), new Unknown()));
        } else {
            String name = declaration.getVariableExpression().getName();
            names.declare(name, value == null || reassigned.contains(name) ? new Unknown() : value);
        }
        return new Unknown();
    }

    private @Nullable Object binary(BinaryExpression binary, Names names) {
        if (Types.isAssignment(binary.getOperation().getType())) {
            return assigned(binary, names);
        }
        Object left = of(binary.getLeftExpression(), names);
        Object right = of(binary.getRightExpression(), names);
        String method = ARITHMETIC.get(binary.getOperation().getType());
        Stream.of(left, right).filter(Objects::nonNull).forEach(each -> evaluation.used(List.of(each)));
        if (left == null || right == null || method == null || Unknown.among(List.of(left, right))) {
            return left instanceof Unknown one && right instanceof Unknown other && one.type() == other.type()
                    ? one
                    : new Unknown();
        }
        try {
            Object sum = InvokerHelper.invokeMethod(left, method, right);
            return sum == null ? new Unknown() : sum;
        } catch (GroovyRuntimeException | ArithmeticException e) {
            return new Unknown(); // the execution says why
        }
    }

    private Object assigned(BinaryExpression assignment, Names names) {
        Object value = of(assignment.getRightExpression(), names);
        if (value != null) {
            evaluation.used(List.of(value));
        }
        if (!(assignment.getLeftExpression() instanceof VariableExpression target)) {
            of(assignment.getLeftExpression(), names);
        } else if (names.find(target.getName()) == null && isWord(target)) {
            rehearsal.at(WordPlaces.of(target));
            if (scope != null) {
                scope.assigned(target.getName());
            } else {
                rehearsal.refuse(
                        WordPlaces.of(target),
                        "nothing is called '%1$s' here; declare a variable with: def %1$s = …"
                                .formatted(target.getName()));
            }
        }
        return new Unknown();
    }

    private static boolean isWord(VariableExpression variable) {
        return !NO_WORDS.contains(variable.getName())
                && !Character.isUpperCase(variable.getName().charAt(0)) // a class
                && !(variable.getAccessedVariable() instanceof FieldNode);
    }

    private Object variable(VariableExpression variable, Names names) {
        Object value = names.find(variable.getName());
        if (value != null) {
            return value;
        } else if (!isWord(variable)) {
            return new Unknown();
        }
        rehearsal.at(WordPlaces.of(variable));
        return scope == null ? evaluation.readWord(variable.getName()) : scope.read(variable.getName());
    }

    private Object property(PropertyExpression property, Names names) {
        Object owner = of(property.getObjectExpression(), names);
        if (!(owner instanceof NameSpace space) || property.getPropertyAsString() == null) {
            return new Unknown();
        }
        Place place = WordPlaces.of(property.getProperty());
        rehearsal.at(place);
        return evaluation.inNameSpace(place, space, property.getPropertyAsString(), null);
    }

    private @Nullable Object call(MethodCallExpression call, Names names) {
        String name = call.getMethodAsString();
        if ("call".equals(name) && call.getObjectExpression() instanceof VariableExpression variable) {
            return variableCalled(
                    variable, call, names); // that is what Groovy has made of steps(5), for a variable steps
        }
        if (!call.isImplicitThis() || name == null) {
            Object owner = of(call.getObjectExpression(), names);
            return owner instanceof NameSpace space && name != null
                    ? inNameSpace(space, name, call, names)
                    : unknownCall(call, owner, names);
        }
        if (rehearsal.declares(name) || (scope == null && isGroovys(name))) {
            used(arguments(call.getArguments()), names);
            return new Unknown();
        }
        return word(name, call, names);
    }

    private Object variableCalled(VariableExpression variable, MethodCallExpression call, Names names) {
        Object value = names.find(variable.getName());
        used(arguments(call.getArguments()), names);
        if (value instanceof Braces braces) {
            braces.maybeCalled();
        } else if (value != null && !(value instanceof Unknown)) {
            rehearsal.refuse(
                    WordPlaces.of(variable), "a variable of a word's name hides the word; rename the variable");
            if (scope != null) {
                scope.mention(variable.getName());
            }
        }
        return new Unknown();
    }

    private @Nullable Object word(String name, MethodCallExpression call, Names names) {
        Object[] arguments = all(arguments(call.getArguments()), names).toArray();
        rehearsal.at(call);
        return scope == null ? evaluation.callOutside(name, arguments) : scope.call(name, arguments);
    }

    /** Whether Groovy has a method of this name for every object, and no word is called so. */
    private boolean isGroovys(String name) {
        return !evaluation.words().has(name)
                && !name.equals("experiment")
                && !InvokerHelper.getMetaClass(PaletteScript.class)
                        .respondsTo(this, name)
                        .isEmpty();
    }

    private Object inNameSpace(NameSpace space, String name, MethodCallExpression call, Names names) {
        Object[] arguments = all(arguments(call.getArguments()), names).toArray();
        rehearsal.at(WordPlaces.of(call));
        return evaluation.inNameSpace(WordPlaces.of(call), space, name, arguments);
    }

    private Object unknownCall(MethodCallExpression call, @Nullable Object owner, Names names) {
        if (owner != null) {
            evaluation.used(List.of(owner));
        }
        used(arguments(call.getArguments()), names);
        return new Unknown();
    }

    private static List<Expression> arguments(Expression arguments) {
        return arguments instanceof TupleExpression tuple ? tuple.getExpressions() : List.of(arguments);
    }

    /** Braces as they are written: they are gone through where a script would run them. */
    private final class Braces extends Closure<Object> {
        private static final long serialVersionUID = 1L;

        private final transient ClosureExpression written;
        private final transient Names around;
        private final transient @Nullable BlockScope home;

        Braces(ClosureExpression written, Names around, @Nullable BlockScope home) {
            super(RehearsedValues.this);
            this.written = written;
            this.around = around;
            this.home = home;
        }

        /** As the block of the word that was just come upon. */
        @Override
        public Object call() {
            rehearsal.surely(() -> gone(evaluation.innermost()));
            return new Unknown();
        }

        @Override
        public Object call(Object... arguments) {
            return call();
        }

        /** As a function, which is called never, or often. */
        void maybeCalled() {
            rehearsal.unsurely(() -> gone(home));
        }

        private void gone(@Nullable BlockScope within) {
            BlockScope outside = scope;
            scope = within;
            try {
                rehearsal.statement(written.getCode(), Names.of(written.getParameters(), around));
            } finally {
                scope = outside;
            }
        }
    }
}
