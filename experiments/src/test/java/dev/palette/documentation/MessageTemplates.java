package dev.palette.documentation;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The messages that the sources can give a user, read from them by the compiler's own parser: the text that each exception for a user is
 * made with, with {@code …} for what is known at run time alone.
 */
final class MessageTemplates {
    /** Exceptions that a user sees, and which of their arguments the message is. */
    private static final Map<String, Integer> SEEN =
            Map.of("PaletteException", 0, "ScriptException", 1, "DivergedException", 0, "OptionException", 1);

    /** Methods of the dsl that make such an exception of a text and the place in a script that it is about. */
    private static final Set<String> PLACED = Set.of("problem", "refuse", "refused");

    private static final Pattern PLACE = Pattern.compile("%(?:\\d+\\$)?[-,.\\d]*[sdnfx]");
    private static final Pattern WORDS = Pattern.compile("\\b[a-zA-Z]{2,}\\b.*\\b[a-zA-Z]{2,}\\b", Pattern.DOTALL);
    private static final String UNKNOWN = "…";

    private MessageTemplates() {}

    /** Every message, and the package that it comes from; those that are nothing but another's text are left out. */
    static Map<String, String> inSources() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, String> found = new TreeMap<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources()));
            for (CompilationUnitTree unit : task.parse()) {
                String owner = unit.getPackageName().toString();
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitNewClass(NewClassTree made, Void nothing) {
                        Integer argument = SEEN.get(made.getIdentifier().toString());
                        if (argument != null) {
                            add(made.getArguments().get(argument));
                        }
                        return super.visitNewClass(made, nothing);
                    }

                    @Override
                    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                        if (owner.equals("dev.palette.dsl") && PLACED.contains(name(call))) {
                            call.getArguments().forEach(this::add);
                        }
                        return super.visitMethodInvocation(call, nothing);
                    }

                    private void add(ExpressionTree message) {
                        alternatives(message)
                                .filter(text -> WORDS.matcher(text).find())
                                .forEach(text -> found.putIfAbsent(text, owner));
                    }
                }.scan(unit, null);
            }
        }
        return found;
    }

    /** What an expression may be: two texts where it chooses between two. */
    private static Stream<String> alternatives(ExpressionTree expression) {
        if (expression instanceof LiteralTree literal && literal.getValue() instanceof String text) {
            return Stream.of(PLACE.matcher(text).replaceAll(UNKNOWN).replace("%%", "%"));
        }
        if (expression instanceof BinaryTree sum) {
            List<String> right = alternatives(sum.getRightOperand()).toList();
            return alternatives(sum.getLeftOperand())
                    .flatMap(left -> right.stream().map(r -> left + r));
        }
        if (expression instanceof ParenthesizedTree inner) {
            return alternatives(inner.getExpression());
        }
        if (expression instanceof ConditionalExpressionTree choice) {
            return Stream.concat(alternatives(choice.getTrueExpression()), alternatives(choice.getFalseExpression()));
        }
        if (expression instanceof MethodInvocationTree call
                && name(call).equals("formatted")
                && call.getMethodSelect() instanceof MemberSelectTree method) {
            return alternatives(method.getExpression());
        }
        return Stream.of(UNKNOWN);
    }

    private static String name(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree method
                ? method.getIdentifier().toString()
                : call.getMethodSelect().toString();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> core = Files.walk(Page.ROOT.resolve("core/src/main/java"));
                Stream<Path> spark = Files.walk(Page.ROOT.resolve("core/spark/src/main/java"));
                Stream<Path> dsl = Files.walk(Page.ROOT.resolve("dsl/src/main/java"))) {
            return Stream.of(core, spark, dsl)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }
}
