package dev.palette.words;

import dev.palette.dsl.BlockEntry;
import dev.palette.dsl.Lexicon;
import dev.palette.dsl.OptionEntry;
import dev.palette.dsl.WordEntry;
import dev.palette.hub.Revision;
import dev.palette.pretrained.EncoderSource;
import dev.palette.spec.Description;
import dev.palette.spec.Word;
import dev.palette.train.Selection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** Values as scripts write them. What it writes, a script reads back as an equal value. */
public final class Spelling {
    /** A block without an option. */
    static final String NO_OPTIONS = "{}";

    private static final double SMALLEST_PLAIN = 1e-3;

    private final Lexicon lexicon;
    private final boolean whole;
    private final @Nullable OwnDefinitions own;

    private Spelling(Lexicon lexicon, @Nullable OwnCode code) {
        this.lexicon = lexicon;
        this.whole = code != null;
        this.own = code == null ? null : new OwnDefinitions(code, this::of);
    }

    /** With those options alone that are not at their defaults: {@code pal { size 50 }}. */
    public static Spelling brief(Lexicon lexicon) {
        return new Spelling(lexicon, null);
    }

    /**
     * With every option, so that no default of another version or of a settings file has a say; and with what a script has defined itself.
     *
     * @param code takes what the definitions use, which stands before the experiment
     */
    static Spelling whole(Lexicon lexicon, OwnCode code) {
        return new Spelling(lexicon, code);
    }

    /** A value in one line; nothing for what no script can write. */
    public Optional<String> of(Object value) {
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return Optional.of(value.toString());
        } else if (value instanceof Double number) {
            return Optional.of(number(number));
        } else if (value instanceof CharSequence text) {
            return Optional.of(quoted(text.toString()));
        } else if (value instanceof Collection<?> collection) {
            return all(collection);
        } else if (value instanceof Map<?, ?> named) {
            return named(named);
        } else if (value instanceof Optional<?> optional) {
            return optional.flatMap(this::of);
        } else if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? Optional.of(number(optional.getAsDouble())) : Optional.empty();
        } else if (value instanceof Selection.Holdout holdout) {
            return Optional.of("holdout(" + number(holdout.fraction()) + ")");
        } else if (value instanceof EncoderSource.Hub hub) {
            return Optional.of(spelt(hub));
        }
        return constant(value)
                .or(() -> own == null ? Optional.empty() : own.of(value))
                .or(() -> block(value));
    }

    private static String spelt(EncoderSource.Hub hub) {
        boolean main = hub.revision().equals(Revision.MAIN.name());
        return "hub(" + quoted(hub.model()) + (main ? "" : ", revision: " + quoted(hub.revision())) + ")";
    }

    /** The lines of a block's braces: an option each, in the order in which the description has them. */
    public List<String> lines(Record described, BlockEntry block) {
        List<String> lines = new ArrayList<>();
        for (RecordComponent component : described.getClass().getRecordComponents()) {
            Optional<OptionEntry> option = block.options().stream()
                    .filter(each -> each.name().equals(component.getName()))
                    .findFirst();
            Object value = value(component, described);
            if (option.isPresent()
                    && value != null
                    && (whole || !value.equals(option.get().defaultValue()))) {
                of(value).ifPresent(text -> lines.add(component.getName() + " " + text));
            }
        }
        return lines;
    }

    private Optional<String> all(Collection<?> values) {
        List<Optional<String>> spelt = values.stream().map(this::of).toList();
        return spelt.isEmpty() || spelt.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(spelt.stream().flatMap(Optional::stream).collect(Collectors.joining(", ")));
    }

    /** Named arguments: {@code cola: 0.52, 'my-task': 0.9}. */
    private Optional<String> named(Map<?, ?> values) {
        return all(values.values())
                .map(each -> values.entrySet().stream()
                        .map(entry -> name(entry.getKey().toString()) + ": "
                                + of(entry.getValue()).orElseThrow())
                        .collect(Collectors.joining(", ")));
    }

    private static String name(String key) {
        return SourceVersion.isName(key) ? key : quoted(key);
    }

    private Optional<String> constant(Object value) {
        return lexicon.words().stream()
                .filter(word -> value.equals(word.value()))
                .map(WordEntry::name)
                .findFirst();
    }

    private Optional<String> block(Object value) {
        if (!(value instanceof Record described)) {
            return Optional.empty();
        }
        String name = described instanceof Description own ? own.word() : Word.of(described.getClass());
        Optional<BlockEntry> ofWord = lexicon.words().stream()
                .filter(word -> word.name().equals(name))
                .map(WordEntry::block)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> ofType(described.getClass()));
        if (ofWord.isPresent()) {
            List<String> lines = lines(described, ofWord.get());
            String word = ofWord.get().name();
            return Optional.of(lines.isEmpty() ? word + "()" : word + " " + braces(lines));
        }
        return lexicon.blocks().stream()
                .filter(block -> block.type() == described.getClass())
                .findFirst()
                .map(block -> braces(lines(described, block)));
    }

    /** The block of a word that is not called as what it makes: a {@code group} makes a parameter group. */
    private Optional<BlockEntry> ofType(Class<?> type) {
        return lexicon.words().stream()
                .map(WordEntry::block)
                .filter(Objects::nonNull)
                .filter(block -> block.type() == type)
                .findFirst();
    }

    private static String braces(List<String> lines) {
        return lines.isEmpty() ? NO_OPTIONS : "{ " + String.join("; ", lines) + " }";
    }

    private static @Nullable Object value(RecordComponent component, Record described) {
        try {
            return component.getAccessor().invoke(described);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException("a description is public, and its components are read", e);
        }
    }

    /** 0.1, 1.0, 2e-5: the shortest that is the same number. */
    private static String number(double value) {
        if (value != 0 && Math.abs(value) < SMALLEST_PLAIN) {
            BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
            String digits = decimal.unscaledValue().toString();
            int exponent = digits.length() - 1 - decimal.scale() - (value < 0 ? 1 : 0);
            int head = value < 0 ? 2 : 1;
            String tail = digits.substring(head);
            return digits.substring(0, head) + (tail.isEmpty() ? "" : "." + tail) + "e" + exponent;
        }
        return BigDecimal.valueOf(value).toPlainString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
