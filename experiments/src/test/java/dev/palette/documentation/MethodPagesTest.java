package dev.palette.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Vocabulary;
import dev.palette.spec.Block;
import dev.palette.spec.Description;
import dev.palette.spec.Limits;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every adapter, sampler and loss balancing has a page, with the options, defaults and ranges that its record and block have. */
class MethodPagesTest {
    private static final Vocabulary WORDS = Vocabulary.installed();

    /** A method and where its page is. */
    record MethodPage(String folder, String name, Word<? extends Description> word) {
        Path file() {
            return Page.SITE.resolve(folder).resolve(name + ".md");
        }

        @Override
        public String toString() {
            return folder + "/" + name;
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodHasAPageWithPictureFormulaCostSourceAndUse(MethodPage method) {
        Page page = Page.read(method.file());

        assertThat(page.text())
                .startsWith("# " + method.name() + "\n")
                .contains(
                        "**Idea.**", "**Formula.**", "**Parameters.**", "**Cost.**", "**Source.**", "**When to use.**")
                .contains("](" + method.name() + ".svg)");
        assertThat(Page.read(method.file().resolveSibling("index.md")).links()).contains(method.name() + ".md");
        assertThat(Files.isRegularFile(method.file().resolveSibling(method.name() + ".svg")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aPagesTableHasTheOptionsDefaultsAndRanges(MethodPage method) throws ReflectiveOperationException {
        Block<? extends Description> block = method.word().newBlock().get();
        Map<String, List<String>> rows = optionRows(Page.read(method.file()));

        assertThat(rows.keySet()).isEqualTo(options(block.getClass()));
        Map<String, Object> defaults = defaults(block);
        Map<String, String> ranges = Limits.of(record(method.word().type()));
        rows.forEach((option, cells) -> {
            Object value = defaults.get(option);
            if (value instanceof Number || value instanceof Boolean) {
                assertThat(cells.get(1)).as("default of %s", option).isEqualTo(value.toString());
            }
            if (ranges.containsKey(option)) {
                assertThat(cells.get(2)).as("range of %s", option).isEqualTo(ranges.get(option));
            }
        });
    }

    private static Map<String, List<String>> optionRows(Page page) {
        Map<String, List<String>> rows = new TreeMap<>();
        page.rows().stream()
                .filter(cells -> cells.size() == 4 && cells.get(0).matches("`\\w+`"))
                .forEach(cells -> rows.put(cells.get(0).replace("`", ""), cells));
        return rows;
    }

    private static Set<String> options(Class<?> block) {
        return Stream.of(block.getMethods())
                .filter(method -> method.getReturnType() == block && method.getParameterCount() == 1)
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    /** What the record has where nothing was said; nothing where something must be. */
    private static Map<String, Object> defaults(Block<? extends Description> block)
            throws ReflectiveOperationException {
        Map<String, Object> values = new TreeMap<>();
        try {
            Description built = block.build();
            for (RecordComponent component : built.getClass().getRecordComponents()) {
                values.put(component.getName(), component.getAccessor().invoke(built));
            }
        } catch (PaletteException e) {
            assertThat(e).as("an option that must be given").hasMessageContaining("expected");
        }
        return values;
    }

    private static Class<? extends Record> record(Class<?> type) {
        return type.asSubclass(Record.class);
    }

    @ParameterizedTest
    @MethodSource("balancings")
    void everyLossBalancingHasAPageWithFormulaCostSourceAndUse(MethodPage method) throws ReflectiveOperationException {
        assertThat(Page.read(method.file()).text())
                .startsWith("# " + method.name() + "\n")
                .contains(
                        "**Idea.**", "**Formula.**", "**Parameters.**", "**Cost.**", "**Source.**", "**When to use.**");
        assertThat(Page.read(method.file().resolveSibling("index.md")).links()).contains(method.name() + ".md");
        aPagesTableHasTheOptionsDefaultsAndRanges(method);
    }

    private static List<MethodPage> balancings() {
        return WORDS.balancings().entrySet().stream()
                .map(word -> new MethodPage("balancing", word.getKey(), word.getValue()))
                .toList();
    }

    private static List<MethodPage> methods() {
        return Stream.concat(
                        WORDS.adapters().entrySet().stream()
                                .map(word -> new MethodPage("adapters", word.getKey(), word.getValue())),
                        WORDS.samplings().entrySet().stream()
                                .map(word -> new MethodPage("samplers", word.getKey(), word.getValue())))
                .toList();
    }
}
