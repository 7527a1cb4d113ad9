package dev.palette.dsl;

import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Initialisation;
import dev.palette.adapter.ParallelAdapter;
import dev.palette.adapter.Projection;
import dev.palette.experiment.EarlyStopping;
import dev.palette.experiment.TrialOrdering;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.Activation;
import dev.palette.model.Freeze;
import dev.palette.model.ModelPart;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.ReleasedEncoders;
import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import dev.palette.task.Average;
import dev.palette.task.GlueTasks;
import dev.palette.task.LabelMetric;
import dev.palette.task.superglue.SuperGlueTasks;
import dev.palette.train.Compatibility;
import dev.palette.train.Optimizer;
import dev.palette.train.Padding;
import dev.palette.train.ParameterGroup;
import dev.palette.train.Precision;
import dev.palette.train.Recovery;
import dev.palette.train.Selection;
import dev.palette.train.TaskSizing;
import groovy.lang.Closure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words that stand for values in one script: the installed vocabulary's and the language's own. */
final class Words {
    private static final List<String> OUTSIDE = List.of(
            "adapter",
            "choice",
            "experiment",
            "include",
            "integer",
            "logUniform",
            "metric",
            "sampler",
            "task",
            "uniform");

    /** Makes what a script defines itself. */
    interface Definer {
        /** What a definition's arguments describe. */
        Object define(Definition definition, List<?> arguments);
    }

    private final Map<String, ScriptWord> words = new TreeMap<>();
    private final Map<Family, List<String>> names = new EnumMap<>(Family.class);
    private final Path folder;
    private final BlockWord.Filler filler;

    /**
     * @param folder the script's
     */
    Words(Vocabulary vocabulary, Path folder, BlockWord.Filler filler, Definer definer, VariantWord.Filler variants) {
        this.folder = folder;
        this.filler = filler;
        vocabulary.adapters().forEach((name, word) -> {
            addBlock(Family.ADAPTER, name, null, blocks(word));
            if (ParallelAdapter.class.isAssignableFrom(word.type())) {
                names.computeIfAbsent(Family.PARALLEL, f -> new ArrayList<>()).add(name);
            }
        });
        vocabulary.samplings().forEach((name, word) -> addBlock(Family.SAMPLER, name, null, blocks(word)));
        vocabulary.balancings().forEach((name, word) -> addBlock(Family.BALANCING, name, null, blocks(word)));
        vocabulary.tasks().forEach((name, word) -> addBlock(Family.TASK, name, null, blocks(word)));
        addBlock(Family.OPTIMIZER, "adamW", "train.optimizer", Optimizer.AdamWOptions::new);
        addBlock(Family.OPTIMIZER, "bertAdam", "train.optimizer", Optimizer.BertAdamOptions::new);
        addBlock(Family.RECOVERY, "stop", null, Recovery.StopOptions::new);
        addBlock(Family.RECOVERY, "goBack", "train.onDivergence", Recovery.GoBackOptions::new);
        for (String encoder : new TreeSet<>(new ReleasedEncoders().names())) {
            addConstant(Family.ENCODER, encoder, new EncoderSource.Released(encoder));
        }
        add(
                Family.ENCODER,
                "hub",
                new FunctionWord(
                        "hub",
                        EncoderSource.Hub.class,
                        "a model and, if need be, its revision, as in hub('google/electra-small-discriminator', revision: 'main')",
                        Words::hub));
        addConstant(Family.SELECTION, "dev", new Selection.Dev());
        addConstant(Family.SELECTION, "nothing", new Selection.Nothing());
        add(
                Family.SELECTION,
                "holdout",
                new FunctionWord("holdout", Selection.Holdout.class, "a fraction, as in holdout(0.1)", Words::holdout));
        for (Precision precision : Precision.values()) {
            addConstant(Family.PRECISION, Word.of(precision), precision);
        }
        for (Padding padding : Padding.values()) {
            addConstant(Family.PADDING, Word.of(padding), padding);
        }
        for (TaskSizing sizing : TaskSizing.values()) {
            addConstant(Family.TASK_SIZING, Word.of(sizing), sizing);
        }
        for (Freeze part : List.of(Freeze.none(), Freeze.encoder(), Freeze.pretrained())) {
            addConstant(Family.FREEZE, Word.of(part.getClass()), part);
        }
        for (ModelPart part : ModelPart.values()) {
            addConstant(Family.PART, "part." + Word.of(part), part);
        }
        addBlock(Family.GROUP, "group", null, ParameterGroup.Options::new);
        for (Projection projection : Projection.values()) {
            addConstant(Family.PROJECTION, projection.inScripts(), projection);
        }
        for (Bottleneck.Form form : Bottleneck.Form.values()) {
            addConstant(Family.FORM, "adapterHub." + Word.of(form), form);
        }
        for (Initialisation start : Initialisation.values()) {
            addConstant(Family.START, "start." + Word.of(start), start);
        }
        for (Activation activation : Activation.values()) {
            addConstant(Family.ACTIVATION, Word.of(activation), activation);
        }
        for (TrialOrdering order : TrialOrdering.values()) {
            addConstant(Family.ORDER, Word.of(order), order);
        }
        for (Average average : Average.values()) {
            addConstant(Family.AVERAGE, "average." + Word.of(average), average);
        }
        for (Compatibility behaviour : Compatibility.values()) {
            addConstant(Family.COMPATIBILITY, Word.of(behaviour), behaviour);
        }
        add(
                Family.COMPATIBILITY,
                "original",
                new ConstantWord("original", Compatibility.original(), Compatibility.class));
        add(Family.TASK, "glue.eight", new ConstantWord("glue.eight", GlueTasks.eight(), GlueTasks.class));
        add(
                Family.TASK,
                "superglue.eight",
                new ConstantWord("superglue.eight", SuperGlueTasks.eight(), SuperGlueTasks.class));
        add(Family.VARIANT, "variant", new VariantWord(variants));
        addBlock(Family.STOPPING, "asha", null, EarlyStopping.AshaOptions::new);
        addBlock(Family.STOPPING, "medianRule", null, EarlyStopping.MedianRuleOptions::new);
        for (LabelMetric metric : LabelMetric.values()) {
            addConstant(Family.METRIC, Word.of(metric), metric);
        }
        for (Definition each : Definition.values()) {
            words.put(
                    each.word(),
                    new FunctionWord(
                            each.word(),
                            each.defined(),
                            each.expected(),
                            arguments -> Definition.isOne(each.word(), arguments)
                                    ? Optional.of(definer.define(each, arguments))
                                    : Optional.empty()));
        }
        words.put("task", new TaskWord(filler));
        AxisWords.all().forEach(word -> words.put(word.name(), word));
    }

    /** What the script calls {@code name}: a word, or the part of words before a dot. */
    Optional<Object> read(String name) {
        if (name.equals(References.WORD)) {
            return Optional.of(References.of(folder));
        }
        ScriptWord word = words.get(name);
        return word != null ? Optional.of(word.value()) : nameSpace(name).map(space -> space);
    }

    /** The value of the word with arguments, or nothing when there is no such word. */
    Optional<Object> call(String name, List<?> arguments) {
        return Optional.ofNullable(words.get(name)).map(word -> word.call(arguments));
    }

    /** Every word that stands for a value, by its name. */
    Map<String, ScriptWord> all() {
        return Collections.unmodifiableMap(words);
    }

    /** The kind of value that a word stands for; none for what varies. */
    Optional<Family> familyOf(String name) {
        return names.entrySet().stream()
                .filter(family -> family.getKey() != Family.PARALLEL) // they are among the adapters
                .filter(family -> family.getValue().contains(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean has(String name) {
        return words.containsKey(name);
    }

    /**
     * What can be said of the value of a word some of whose arguments are unknown: where a text is, another stands for it, so that a block
     * after it is looked at.
     */
    Unknown callUnknown(String name, List<?> arguments) {
        boolean blockOfUnknownName = arguments.size() == 2
                && arguments.get(0) instanceof Unknown title
                && title.mayBe(String.class)
                && arguments.get(1) instanceof Closure<?>;
        if (!blockOfUnknownName) {
            return new Unknown();
        }
        Object value = call(name, List.of("unknown", arguments.get(1))).orElseThrow();
        return value instanceof Unknown unknown ? unknown : new Unknown(value.getClass());
    }

    /** The words of one family. */
    List<String> of(Family family) {
        return names.getOrDefault(family, List.of());
    }

    /**
     * The error for a word that is neither an option nor a value: what is near it, and what else there is of that kind; where nothing is,
     * the options of the braces it stands in.
     *
     * @param scope the braces it stands in, or null outside all
     */
    PaletteException unknown(String word, @Nullable BlockScope scope) {
        Map<String, Collection<String>> groups = new LinkedHashMap<>();
        groups.put(
                scope == null ? "words" : "options of " + scope.name(),
                scope == null ? OUTSIDE : scope.options().names());
        names.forEach((family, all) -> {
            if (family != Family.PARALLEL) { // they are among the adapters
                groups.put(family.plural(), all);
            }
        });
        String where = scope == null ? "" : " in " + scope.name();
        String first = groups.keySet().iterator().next();
        Optional<String> near = NearestWord.to(
                word, groups.values().stream().flatMap(Collection::stream).toList());
        String meant = near.map(known -> "; did you mean '" + known + "'?").orElse(".");
        String known = groups.entrySet().stream()
                .filter(group -> near.isPresent()
                        ? group.getValue().contains(near.get())
                        : group.getKey().equals(first))
                .map(group -> group.getKey() + ": " + String.join(", ", group.getValue()))
                .collect(Collectors.joining("; "));
        String others = near.isPresent() ? "" : " All words for values: palette words.";
        return new PaletteException("unknown word '%s'%s%s Known %s.%s".formatted(word, where, meant, known, others));
    }

    private Optional<NameSpace> nameSpace(String name) {
        Map<String, ScriptWord> inside = new TreeMap<>();
        words.forEach((word, value) -> {
            if (word.startsWith(name + ".")) {
                inside.put(word.substring(name.length() + 1), value);
            }
        });
        return inside.isEmpty() ? Optional.empty() : Optional.of(new NameSpace(name, inside));
    }

    private void add(Family family, String name, ScriptWord word) {
        words.put(name, word);
        names.computeIfAbsent(family, f -> new ArrayList<>()).add(name);
    }

    private static <T> Supplier<Block<?>> blocks(Word<T> word) {
        return () -> word.newBlock().get();
    }

    private void addBlock(Family family, String name, @Nullable String path, Supplier<? extends Block<?>> newBlock) {
        add(family, name, new BlockWord(name, path, newBlock, filler));
    }

    private void addConstant(Family family, String name, Object value) {
        add(family, name, new ConstantWord(name, value));
    }

    /** Groovy puts what is named before all else. */
    private static Optional<Object> hub(List<?> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof CharSequence model) {
            return Optional.of(EncoderSource.hub(model.toString()));
        }
        boolean named = arguments.size() == 2
                && arguments.get(0) instanceof Map<?, ?> options
                && options.keySet().equals(Set.of("revision"))
                && options.get("revision") instanceof CharSequence
                && arguments.get(1) instanceof CharSequence;
        return named
                ? Optional.of(EncoderSource.hub(
                        arguments.get(1).toString(), String.valueOf(((Map<?, ?>) arguments.get(0)).get("revision"))))
                : Optional.empty();
    }

    private static Optional<Object> holdout(List<?> arguments) {
        return OptionValue.fit(double.class, arguments).map(share -> new Selection.Holdout((double) share));
    }
}
