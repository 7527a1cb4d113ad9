package dev.palette.words;

import dev.palette.dsl.BlockEntry;
import dev.palette.dsl.Lexicon;
import dev.palette.dsl.OptionEntry;
import dev.palette.dsl.WordEntry;
import dev.palette.experiment.Vocabulary;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words as a GDSL script, by which IntelliJ IDEA completes and explains them: values everywhere, options in the braces of their
 * own block. The jar has one with the built-in words at its root, where the editor finds it.
 */
public final class Gdsl {
    private static final String CLOSURE = "groovy.lang.Closure";
    private static final String HEAD = """
            // Tells IntelliJ IDEA the words of Palette's scripts. Made by: palette words --gdsl
            def script = context(filetypes: ['groovy'], scope: scriptScope())
            def braces = context(filetypes: ['groovy'], scope: closureScope())

            """;

    private final Dictionary dictionary;
    private final Lexicon lexicon;
    private final StringBuilder text = new StringBuilder(HEAD);

    private Gdsl(Vocabulary vocabulary) {
        this.dictionary = Dictionary.of(vocabulary);
        this.lexicon = Lexicon.of(vocabulary);
    }

    /** The script for a vocabulary. */
    public static String of(Vocabulary vocabulary) {
        return new Gdsl(vocabulary).script();
    }

    private String script() {
        text.append("def values = {\n");
        values();
        text.append("}\n\n");
        text.append("contributor(script) {\n    values.delegate = delegate\n    values()\n");
        method("experiment", "void", "name: 'java.lang.String', braces: '" + CLOSURE + "'", experimentDoc());
        text.append("}\n\ncontributor(braces) {\n    values.delegate = delegate\n    values()\n}\n");
        lexicon.blocks().forEach(block -> options(block, block.name()));
        lexicon.words().forEach(word -> {
            if (word.block() != null) {
                options(word.block(), word.name().substring(word.name().lastIndexOf('.') + 1));
            }
        });
        return text.toString();
    }

    /** Words before a dot are properties, and say what may stand after it. */
    private void values() {
        Map<String, String> spaces = new TreeMap<>();
        for (WordEntry word : lexicon.words()) {
            DescribedWord described = dictionary.words(word.name()).get(0);
            int dot = word.name().indexOf('.');
            if (dot > 0) {
                spaces.merge(
                        word.name().substring(0, dot), word.name() + ": " + brief(described), (a, b) -> a + "\n" + b);
            } else if (word.value() != null) {
                property(word.name(), described.type().getCanonicalName(), doc(described));
            } else {
                String parameter = word.block() == null ? "values: 'java.lang.Object[]'" : "braces: '" + CLOSURE + "'";
                method(word.name(), word.type().getCanonicalName(), parameter, doc(described));
                if (word.block() != null && !word.name().equals("variant")) {
                    method(word.name(), word.type().getCanonicalName(), "", doc(described));
                }
            }
        }
        spaces.forEach((name, doc) -> property(name, "java.lang.Object", doc));
    }

    private void options(BlockEntry block, String call) {
        DescribedWord described = dictionary.words(block.name()).get(0);
        if (block.options().isEmpty()) {
            return;
        }
        text.append("\ncontributor(braces) {\n    if (enclosingCall('")
                .append(call)
                .append("')) {\n");
        for (OptionEntry option : block.options()) {
            String doc = described.options().stream()
                    .filter(each -> each.name().equals(option.name()))
                    .map(each -> each.takes() + "\n" + each.meaning())
                    .findFirst()
                    .orElse("");
            text.append("    ");
            method(option.name(), "void", "value: '" + type(option) + "'", doc);
        }
        text.append("    }\n}\n");
    }

    /** The type of what is written, not of what becomes of it: a number may vary, and braces become a record. */
    private static String type(OptionEntry option) {
        List<? extends Class<?>> types = option.methods().stream()
                .map(Method::getParameterTypes)
                .map(parameters -> parameters[0])
                .toList();
        if (option.nested() != null) {
            return CLOSURE;
        } else if (types.size() == 1 && types.get(0) == String.class) {
            return "java.lang.String";
        }
        boolean several = types.stream().anyMatch(type -> type.isArray() || Collection.class.isAssignableFrom(type));
        return several ? "java.lang.Object[]" : "java.lang.Object";
    }

    private String experimentDoc() {
        return doc(dictionary.words("experiment").get(0));
    }

    private static String doc(DescribedWord word) {
        String sources = word.sources().isEmpty() ? "" : "\nSource: " + String.join("; ", word.sources());
        return word.form() + "\n" + word.meaning() + sources;
    }

    private static String brief(DescribedWord word) {
        return Meaning.brief(word.meaning());
    }

    private void property(String name, String type, String doc) {
        text.append("    property name: '%s', type: '%s', doc: %s\n".formatted(name, type, quoted(doc)));
    }

    private void method(String name, String type, String parameters, String doc) {
        String list = parameters.isEmpty() ? "[:]" : "[" + parameters + "]";
        text.append(
                "    method name: '%s', type: '%s', params: %s, doc: %s\n".formatted(name, type, list, quoted(doc)));
    }

    /** HTML in a Groovy string of one line. */
    private static String quoted(String doc) {
        String html = doc.replace("&", "&amp;").replace("<", "&lt;").replaceAll("\n+", "<br>");
        return "'" + html.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
