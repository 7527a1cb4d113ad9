package dev.palette.words;

import com.github.therapi.runtimejavadoc.BaseJavadoc;
import com.github.therapi.runtimejavadoc.ClassJavadoc;
import com.github.therapi.runtimejavadoc.MethodJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import com.github.therapi.runtimejavadoc.SeeAlsoJavadoc;
import dev.palette.dsl.OptionEntry;
import dev.palette.dsl.WordEntry;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a word means, as the Javadoc of its class or method has it.
 *
 * @param text paragraphs parted by an empty line; empty where the build kept no Javadoc, as of a plug-in that does not ask for it
 * @param sources the papers and codes that it comes from: what stands in quotes after {@code @see}
 */
record Meaning(String text, List<String> sources) {
    private static final Pattern SENTENCE_END = Pattern.compile("(?<! al| e\\.g| i\\.e)\\. (?=[A-Z])");
    private static final Meaning NONE = new Meaning("", List.of());

    Meaning {
        sources = List.copyOf(sources);
    }

    /** Of a word: of its constant, of the static method that bears its name, or else of the class of what it makes. */
    static Meaning of(WordEntry word) {
        if (word.value() instanceof Enum<?> constant) {
            return of(RuntimeJavadoc.getJavadoc(constant));
        }
        String last = word.name().substring(word.name().lastIndexOf('.') + 1);
        boolean made = Stream.of(word.type().getDeclaredMethods())
                .anyMatch(method -> Modifier.isStatic(method.getModifiers())
                        && method.getName().equals(last));
        return RuntimeJavadoc.getJavadoc(word.type()).getMethods().stream()
                .filter(method ->
                        made && word.block() == null && method.getName().equals(last))
                .findFirst()
                .map(Meaning::of)
                .orElseGet(() -> of(word.type()).after(fixed(word)));
    }

    /** What the word itself decides, where several words make descriptions of one class. */
    private static String fixed(WordEntry word) {
        return word.block() == null
                ? ""
                : word.block().fixed().values().stream()
                        .filter(Enum.class::isInstance)
                        .map(constant -> of(RuntimeJavadoc.getJavadoc((Enum<?>) constant))
                                .text())
                        .collect(Collectors.joining("\n\n"));
    }

    private Meaning after(String first) {
        return first.isEmpty() ? this : new Meaning(first + "\n\n" + text, sources);
    }

    /** Of a class. */
    static Meaning of(Class<?> type) {
        ClassJavadoc javadoc = RuntimeJavadoc.getJavadoc(type);
        return of((BaseJavadoc) javadoc);
    }

    /** Of an option: where several methods are behind it, of the one that says most. */
    static Meaning of(OptionEntry option) {
        return option.methods().stream()
                .map(RuntimeJavadoc::getJavadoc)
                .max(Comparator.comparingInt((MethodJavadoc method) ->
                        PlainText.of(method.getComment()).length()))
                .map(Meaning::of)
                .orElse(NONE);
    }

    private static Meaning of(BaseJavadoc javadoc) {
        return new Meaning(
                PlainText.of(javadoc.getComment()),
                javadoc.getSeeAlso().stream()
                        .map(SeeAlsoJavadoc::getStringLiteral)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** The first sentence of a text, without the full stop. */
    static String brief(String text) {
        String first = text.lines().findFirst().orElse("");
        return SENTENCE_END.split(first, 2)[0].replaceFirst("[.:]$", "");
    }
}
