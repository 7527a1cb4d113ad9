import java.io.IOException;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a module's public API as text, and compares it with the file that is checked in, so that a change to the API is seen in
 * review. The build runs it; {@code PublicApi CLASSES FILE [accept]}, the module's class path being its own.
 *
 * <p>A line a type, below it a line each for what of it others may use. What a record's header, an enum or an overridden method says
 * already is not said again. {@code ?} marks what may be null.
 */
final class PublicApi {
    private static final String OURS = "dev.palette.";

    private PublicApi() {}

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Path file = Path.of(arguments[1]);
        List<String> now = lines(Path.of(arguments[0]));
        if (Arrays.asList(arguments).contains("accept")) {
            Files.write(file, now);
            return;
        }
        List<String> before = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (!now.equals(before)) {
            System.err.printf("The public API is not as %s says:%n%n", file);
            differences(before, now).forEach(System.err::println);
            System.err.printf("%nIf that is meant, accept it with: ./mvnw -DskipTests -Dapi=accept verify%n");
            System.err.println("and commit the file; else make package-private what others are not to use.");
            System.exit(1);
        }
    }

    private static List<String> lines(Path classes) throws IOException, ClassNotFoundException {
        List<String> lines = new ArrayList<>();
        for (String name : names(classes)) {
            Class<?> type = Class.forName(name, false, PublicApi.class.getClassLoader());
            if (isVisible(type)) {
                if (!lines.isEmpty()) {
                    lines.add("");
                }
                lines.add(header(type));
                members(type).forEach(member -> lines.add("    " + member));
            }
        }
        return lines;
    }

    private static Set<String> names(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes.resolve(OURS.replace('.', '/')))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    // Anonymous classes and those that Kotlin's compiler makes for inlined code; the latter cannot even be asked.
                    .filter(name -> !name.matches(".*\\$[^A-Z].*"))
                    .map(name -> name.substring(0, name.length() - ".class".length()).replaceAll("[/\\\\]", "."))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Whether a class of another package may name it. */
    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return isOpen(type.getModifiers())
                && !type.isSynthetic()
                && !type.isAnonymousClass()
                && (outer == null || isVisible(outer));
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String header(Class<?> type) {
        String kind = type.isAnnotation() ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        int implied = Modifier.INTERFACE | Modifier.STATIC | (type.isInterface() ? Modifier.ABSTRACT : 0)
                | (type.isRecord() || type.isEnum() ? Modifier.FINAL | Modifier.ABSTRACT : 0);
        String components = type.isRecord()
                ? joined(type.getRecordComponents(), c -> text(c.getAnnotatedType()) + " " + c.getName(), "(", ")")
                : "";
        List<String> above = new ArrayList<>();
        if (type.getSuperclass() != null && !type.isEnum() && !type.isRecord() && type.getSuperclass() != Object.class) {
            above.add(text(type.getAnnotatedSuperclass()));
        }
        if (!type.isAnnotation()) {
            Stream.of(type.getAnnotatedInterfaces()).map(PublicApi::text).forEach(above::add);
        }
        return deprecated(type) + modifiers(type.getModifiers() & ~implied) + (type.isSealed() ? "sealed " : "") + kind + " "
                + name(type) + variables(type.getTypeParameters()) + components
                + (above.isEmpty() ? "" : " : " + String.join(", ", above));
    }

    private static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (isShown(field)) {
                members.add(field.isEnumConstant()
                        ? deprecated(field) + field.getName()
                        : deprecated(field) + modifiers(field.getModifiers()) + text(field.getAnnotatedType()) + " "
                                + field.getName());
            }
        }
        Stream.of(type.getDeclaredConstructors())
                .filter(constructor -> isShown(constructor) && !isCanonical(type, constructor))
                .map(PublicApi::signature)
                .sorted()
                .forEach(members::add);
        Stream.of(type.getDeclaredMethods())
                .filter(method -> isShown(method) && !isImplied(type, method))
                .sorted(Comparator.comparing(Method::getName).thenComparing(PublicApi::signature))
                .forEach(method -> members.add(signature(method)));
        return members;
    }

    private static boolean isShown(Member member) {
        // What Kotlin's "internal" hides has the module's name behind a dollar sign.
        boolean internal = member instanceof Method && member.getName().indexOf('$') >= 0;
        return isOpen(member.getModifiers()) && !member.isSynthetic() && !internal;
    }

    private static boolean isCanonical(Class<?> type, Constructor<?> constructor) {
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray());
    }

    /** What an enum has anyway, a record's accessor, or a method that a type above has in the same words. */
    private static boolean isImplied(Class<?> type, Method method) {
        boolean ofEnum = type.isEnum() && Modifier.isStatic(method.getModifiers())
                && Set.of("values", "valueOf").contains(method.getName());
        boolean accessor = type.isRecord()
                && Stream.of(type.getRecordComponents()).anyMatch(c -> c.getAccessor().equals(method));
        return ofEnum || accessor || above(type).anyMatch(each -> overrides(method, each));
    }

    private static Stream<Class<?>> above(Class<?> type) {
        Stream<Class<?>> direct = Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
        Stream<Class<?>> all = direct.flatMap(each -> Stream.concat(Stream.of(each), above(each)));
        return type.isInterface() ? Stream.concat(all, Stream.of(Object.class)) : all;
    }

    private static boolean overrides(Method method, Class<?> above) {
        return Stream.of(above.getDeclaredMethods())
                .anyMatch(other -> other.getName().equals(method.getName())
                        && isOpen(other.getModifiers())
                        && !Modifier.isStatic(other.getModifiers())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes())
                        && text(other.getAnnotatedReturnType()).equals(text(method.getAnnotatedReturnType())));
    }

    private static String signature(Executable executable) {
        boolean inInterface = executable.getDeclaringClass().isInterface();
        boolean isDefault = executable instanceof Method method && method.isDefault();
        int hidden = Modifier.TRANSIENT | Modifier.VOLATILE | Modifier.SYNCHRONIZED | Modifier.NATIVE; // shared bits, or how
        int modifiers = executable.getModifiers() & ~hidden & ~(inInterface ? Modifier.ABSTRACT : 0);
        String variables = variables(executable.getTypeParameters());
        String result = executable instanceof Method method ? text(method.getAnnotatedReturnType()) + " " + method.getName() : "new";
        Class<?>[] thrown = executable.getExceptionTypes();
        return deprecated(executable) + modifiers(modifiers) + (isDefault ? "default " : "")
                + (variables.isEmpty() ? "" : variables + " ") + result
                + joined(executable.getParameters(), PublicApi::parameter, "(", ")")
                + (thrown.length == 0 ? "" : joined(thrown, PublicApi::name, " throws ", ""));
    }

    private static String parameter(Parameter parameter) {
        String type = text(parameter.getAnnotatedType());
        return (parameter.isVarArgs() ? type.replaceFirst("\\[]$", "...") : type) + " " + parameter.getName();
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0 ? "" : joined(variables, PublicApi::variable, "<", ">");
    }

    private static String variable(TypeVariable<?> variable) {
        String bounds = Stream.of(variable.getAnnotatedBounds())
                .map(PublicApi::text)
                .filter(bound -> !bound.equals("Object"))
                .collect(Collectors.joining(" & "));
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    /** A type as Java writes it, with {@code ?} behind what may be null. */
    private static String text(AnnotatedType type) {
        return bare(type) + (isNullable(type) ? "?" : "");
    }

    private static String bare(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            return text(array.getAnnotatedGenericComponentType()) + "[]";
        }
        if (type instanceof AnnotatedParameterizedType generic) {
            String raw = name(generic.getType());
            return raw + joined(generic.getAnnotatedActualTypeArguments(), PublicApi::text, "<", ">");
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            return wildcard.getAnnotatedLowerBounds().length > 0
                    ? "? super " + text(wildcard.getAnnotatedLowerBounds()[0])
                    : wildcard.getType().getTypeName().equals("?") ? "*" : "? extends " + text(wildcard.getAnnotatedUpperBounds()[0]);
        }
        return name(type.getType());
    }

    private static String name(Type type) {
        return type.getTypeName()
                .replaceFirst("<.*", "")
                .replaceFirst("^java\\.lang\\.(?=[A-Z])", "")
                .replaceFirst("^" + OURS.replace(".", "\\."), "")
                .replace('$', '.');
    }

    private static boolean isNullable(AnnotatedElement type) {
        return Stream.of(type.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    private static String deprecated(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & ~Modifier.PUBLIC);
        return text.isEmpty() ? "" : text + " ";
    }

    private static <T> String joined(T[] parts, Function<T, String> text, String before, String after) {
        return Stream.of(parts).map(text).collect(Collectors.joining(", ", before, after));
    }

    /** What is gone and what is new, each below its type. */
    private static List<String> differences(List<String> before, List<String> now) {
        Set<String> old = withTypes(before);
        Set<String> current = withTypes(now);
        return Stream.concat(
                        old.stream().filter(line -> !current.contains(line)).map(line -> "  - " + line),
                        current.stream().filter(line -> !old.contains(line)).map(line -> "  + " + line))
                .sorted(Comparator.comparing(line -> line.substring("  - ".length())))
                .toList();
    }

    private static Set<String> withTypes(List<String> lines) {
        Set<String> all = new TreeSet<>();
        String type = "";
        for (String line : lines) {
            if (!line.startsWith(" ") && !line.isEmpty()) {
                type = line.replaceFirst(" : .*", "").replaceFirst("\\(.*", "");
                all.add(line);
            } else if (!line.isEmpty()) {
                all.add(type + " … " + line.strip());
            }
        }
        return all;
    }
}
