package dev.palette.dsl;

import dev.palette.adapter.AdapterRule;
import dev.palette.adapter.InlineAdapter;
import dev.palette.experiment.Template;
import dev.palette.sampler.InlineSampling;
import dev.palette.sampler.SamplingRule;
import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import dev.palette.task.InlineMetric;
import dev.palette.task.MetricRule;
import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The words by which a script defines something itself: {@code adapter('gated', size: 64) { … }}. */
enum Definition {
    /** Parameters and what is computed with them. */
    ADAPTER(
            InlineAdapter.class,
            AdapterRule.class,
            "a name, options or none, and a block",
            "adapter('gated', size: 64) { parameters { … }; parallel { h -> … } }"),
    /** Weights of the tasks, by the step. */
    SAMPLER(InlineSampling.class, SamplingRule.class, "a name or none, and a block", "sampler('log') { state -> … }"),
    /** A figure for predictions and labels. */
    METRIC(
            InlineMetric.class,
            MetricRule.class,
            "a name and a block",
            "metric('within1') { predicted, expected -> … }");

    private static final int HASH_DIGITS = 6;

    private final Class<?> defined;
    private final Class<?> rule;
    private final String takes;
    private final String example;

    Definition(Class<?> defined, Class<?> rule, String takes, String example) {
        this.defined = defined;
        this.rule = rule;
        this.takes = takes;
        this.example = example;
    }

    /** What a definition is given. */
    record Parts(Map<?, ?> options, @Nullable String name, List<?> prepared) {}

    static boolean isWord(@Nullable String word) {
        return word != null
                && Arrays.stream(values()).anyMatch(each -> each.word().equals(word));
    }

    static Definition of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** Whether arguments are those of a definition: they end in braces, after which the compiler may have put something. */
    static boolean isOne(String word, List<?> arguments) {
        int last = arguments.size() - 1;
        return isWord(word)
                && last >= 0
                && (arguments.get(last) instanceof Closure || (last > 0 && arguments.get(last - 1) instanceof Closure));
    }

    String word() {
        return Word.of(this);
    }

    /** What it makes. */
    Class<?> defined() {
        return defined;
    }

    /** What it takes, with an example. */
    String expected() {
        return takes + ": " + example;
    }

    /** What one looks like. */
    String example() {
        return example;
    }

    /**
     * The arguments told apart.
     *
     * @throws PaletteException when they aren't what the word takes
     */
    Parts parts(List<?> arguments) {
        List<Object> rest = new ArrayList<>(arguments);
        List<?> prepared = rest.get(rest.size() - 1) instanceof List<?> list ? list : List.of();
        rest.removeIf(each -> each == prepared);
        boolean braces = rest.get(rest.size() - 1) instanceof Closure;
        rest.remove(rest.size() - 1);
        Map<?, ?> options = !rest.isEmpty() && rest.get(0) instanceof Map<?, ?> map ? map : Map.of();
        rest.removeIf(each -> each == options);
        boolean named = rest.size() == 1 && (rest.get(0) instanceof CharSequence || rest.get(0) instanceof Unknown);
        boolean nameless = rest.isEmpty() && this == SAMPLER;
        if (!braces || !(named || nameless) || !(options.isEmpty() || this == ADAPTER)) {
            throw new PaletteException("%s takes %s".formatted(word(), expected()));
        }
        return new Parts(options, named ? rest.get(0).toString() : null, prepared);
    }

    /**
     * What the parts define; a template where an option varies.
     *
     * @param explanation words a refusal that comes later
     * @throws PaletteException when the code does not define what it should
     */
    Object define(Parts parts, InlineCode code, UnaryOperator<PaletteException> explanation) {
        String name = parts.name() == null ? word() + "-" + code.hash().substring(0, HASH_DIGITS) : parts.name();
        if (this == ADAPTER) {
            return adapter(name, parts.options(), code, explanation);
        }
        code.compile(rule, Map.of()); // so that what is wrong with it is said now
        return this == SAMPLER ? new InlineSampling(name, code) : new InlineMetric(name, code);
    }

    private static Object adapter(
            String name, Map<?, ?> options, InlineCode code, UnaryOperator<PaletteException> explanation) {
        List<Template.Given<InlineAdapter.Options>> given = new ArrayList<>();
        options.forEach((option, value) -> given.add(new Template.Given<>(
                option.toString(), Spaces.of(value), (block, each) -> block.option(option.toString(), each))));
        Template<InlineAdapter, InlineAdapter.Options> template =
                new Template<>(() -> new InlineAdapter.Options(name, code), given, explanation);
        if (!template.isConstant()) {
            return template;
        }
        InlineAdapter adapter = template.at(ExperimentBlock.NOTHING_VARIES);
        code.compile(AdapterRule.class, adapter.options());
        return adapter;
    }
}
