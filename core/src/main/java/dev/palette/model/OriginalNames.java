package dev.palette.model;

import dev.palette.adapter.Declaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that a model's parameters have in the original "BERT and PALs" code, in both directions.
 *
 * <p>There a task is a number, {@code gamma} and {@code beta} are a layer norm's scale and shift, and a tensor that several modules
 * share has a name in each: a PAL's tied projections have one in every layer and one in the encoder. The first of a parameter's
 * names is the one that {@code named_parameters()} gives, the others stand in {@code state_dict()} beside it.
 *
 * <p>What the original has nothing like (adapters of plug-ins, the second of two equal methods, encoders kept apart) keeps our name.
 */
public final class OriginalNames {
    private static final List<Rule> RULES = Stream.of(
                    List.of(new Rule("bert.{rest}", "bert.{rest}")),
                    parallel("adapter.", "bert.encoder.layer.{n}.multi_layers.{task}."),
                    parallel("adapter.houlsby.output.", "bert.encoder.layer.{n}.output.multi_layers.{task}."),
                    List.of(
                            new Rule(
                                    "adapter.houlsby.{task}.layer.{n}.attention.down.{rest}",
                                    "bert.encoder.layer.{n}.attention.output.multi_layers.{task}.aug_dense.{rest}"),
                            new Rule(
                                    "adapter.houlsby.{task}.layer.{n}.attention.up.{rest}",
                                    "bert.encoder.layer.{n}.attention.output.multi_layers.{task}.aug_dense2.{rest}"),
                            new Rule("adapter.lhuc.{task}.layer.{n}", "bert.encoder.layer.{n}.multi_lhuc.{task}.lhuc"),
                            new Rule(
                                    "adapter.topAttention.{task}.down.{rest}", "bert.encoder.mult_dense.{task}.{rest}"),
                            new Rule("adapter.topAttention.{task}.up.{rest}", "bert.encoder.mult_dense2.{task}.{rest}"),
                            new Rule(
                                    "adapter.topAttention.{task}.block.{n}.{rest}",
                                    "bert.encoder.multi_layers.{task}.{n}.{rest}"),
                            new Rule("adapter.topLayer.{task}.{rest}", "bert.encoder.multi_layers.{task}.{rest}")))
            .flatMap(List::stream)
            .toList();

    private final Map<String, List<String>> originals = new LinkedHashMap<>();
    private final Map<String, String> ours = new LinkedHashMap<>();

    /** Which of the original's models; they differ in how they call their heads. */
    public enum Model {
        /** {@code BertForMultiTask}: {@code classifier.0}, {@code classifier.1} and so on. */
        MULTI_TASK("classifier.{task}.{rest}"),
        /** {@code BertForSequenceClassification} and {@code BertForMultipleChoice}: {@code classifier}. */
        CLASSIFICATION("classifier.{rest}"),
        /** {@code BertForQuestionAnswering}: {@code qa_outputs}. */
        QUESTION_ANSWERING("qa_outputs.{rest}");

        private final String head;

        Model(String head) {
            this.head = head;
        }

        private Rule rule() {
            return new Rule("head.{task}.{rest}", head);
        }
    }

    /**
     * The names of one model's parameters.
     *
     * @param declared all its parameters
     * @param tasks its tasks, in the original's numbering
     */
    public OriginalNames(Collection<Declaration> declared, List<String> tasks, Model model) {
        List<Rule> rules = new ArrayList<>(RULES);
        rules.add(model.rule());
        for (Declaration declaration : declared) {
            String name = declaration.name();
            List<String> names = rules.stream()
                    .flatMap(rule -> rule.apply(name, declared, tasks).stream())
                    .findFirst()
                    .orElse(List.of(name));
            originals.put(name, names);
            names.forEach(original -> ours.put(original, name));
        }
    }

    /**
     * What the original calls one of our parameters: the name by which it counts parameters, then any others.
     *
     * @param name a declared parameter
     */
    public List<String> originals(String name) {
        List<String> names = originals.get(name);
        if (names == null) {
            throw new IllegalArgumentException("no parameter was declared as " + name);
        }
        return names;
    }

    /** Which of our parameters the original calls so, by any of its names; empty when it is none of this model's. */
    public Optional<String> ours(String original) {
        return Optional.ofNullable(ours.get(original));
    }

    /** The original's names, canonical or not, in the order of the declarations. */
    public Set<String> all() {
        return Collections.unmodifiableSet(ours.keySet());
    }

    /** The names of PALs and low-rank layers, wherever they stand. */
    private static List<Rule> parallel(String ours, String original) {
        String inEachLayer = original.replace("{n}", "{each}");
        return List.of(
                new Rule(ours + "lowRank.{task}.layer.{n}.down.{rest}", original + "aug_dense.{rest}"),
                new Rule(ours + "lowRank.{task}.layer.{n}.up.{rest}", original + "aug_dense2.{rest}"),
                new Rule(ours + "pal.{task}.layer.{n}.down.{rest}", original + "aug_dense.{rest}"),
                new Rule(ours + "pal.{task}.layer.{n}.up.{rest}", original + "aug_dense2.{rest}"),
                new Rule(ours + "pal.{task}.layer.{n}.{rest}", original + "attn.{rest}"),
                new Rule(
                        ours + "pal.{task}.down.{rest}",
                        inEachLayer + "aug_dense.{rest}",
                        "bert.encoder.mult_aug_dense.{task}.{rest}"),
                new Rule(
                        ours + "pal.{task}.up.{rest}",
                        inEachLayer + "aug_dense2.{rest}",
                        "bert.encoder.mult_aug_dense2.{task}.{rest}"));
    }

    /**
     * One line of the table. {@code {task}}, {@code {n}} and {@code {rest}} stand for the same on both sides, but that the
     * original numbers tasks; {@code {each}} is every layer in which the method has parameters.
     */
    private record Rule(Pattern ours, List<String> originals) {
        Rule(String ours, String... originals) {
            this(
                    Pattern.compile(ours.replace(".", "\\.")
                            .replace("{task}", "(?<task>[^.]+)")
                            .replace("{n}", "(?<n>\\d+)")
                            .replace("{rest}", "(?<rest>.+)")),
                    List.of(originals));
        }

        /** The original's names of a parameter, if this line is about it. */
        Optional<List<String>> apply(String name, Collection<Declaration> declared, List<String> tasks) {
            Matcher found = ours.matcher(name);
            if (!found.matches()) {
                return Optional.empty();
            }
            List<String> names = new ArrayList<>();
            for (String template : originals) {
                String original = template.replace("{rest}", gammaAndBeta(group(found, "{rest}")))
                        .replace("{n}", group(found, "{n}"))
                        .replace("{task}", String.valueOf(tasks.indexOf(group(found, "{task}"))));
                if (original.contains("{each}")) {
                    String prefix = name.substring(0, found.end("task")) + ".layer.";
                    layers(prefix, declared).forEach(layer -> names.add(original.replace("{each}", layer)));
                } else {
                    names.add(original);
                }
            }
            return Optional.of(names);
        }

        private String group(Matcher found, String placeholder) {
            String name = placeholder.replaceAll("[{}]", "");
            return ours.pattern().contains("<" + name + ">") ? found.group(name) : "";
        }

        private static String gammaAndBeta(String name) {
            return name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
        }

        /** The numbers that follow a prefix, each once. */
        private static List<String> layers(String prefix, Collection<Declaration> declared) {
            return declared.stream()
                    .map(Declaration::name)
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length(), name.indexOf('.', prefix.length())))
                    .distinct()
                    .toList();
        }
    }
}
