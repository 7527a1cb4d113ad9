package dev.palette.dsl;

import dev.palette.adapter.ParallelAdapter;
import dev.palette.experiment.Vocabulary;
import dev.palette.model.Freeze;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.ReleasedEncoders;
import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import dev.palette.task.Average;
import dev.palette.task.GlueTasks;
import dev.palette.train.Compatibility;
import dev.palette.train.Optimizer;
import dev.palette.train.Padding;
import dev.palette.train.Precision;
import dev.palette.train.Recovery;
import dev.palette.train.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words that stand for values in one script: the installed vocabulary's and the language's own. */
final class Words {
    private static final List<String> OUTSIDE = List.of("choice", "experiment");

    private final Map<String, ScriptWord> words = new TreeMap<>();
    private final Map<Family, List<String>> names = new EnumMap<>(Family.class);
    private final BlockWord.Filler filler;

    Words(Vocabulary vocabulary, BlockWord.Filler filler) {
        this.filler = filler;
        vocabulary.adapters().forEach((name, word) -> {
            addBlock(Family.ADAPTER, name, null, blocks(word));
            if (ParallelAdapter.class.isAssignableFrom(word.type())) {
                names.computeIfAbsent(Family.PARALLEL, f -> new ArrayList<>()).add(name);
            }
        });
        vocabulary.samplings().forEach((name, word) -> addBlock(Family.SAMPLER, name, null, blocks(word)));
        vocabulary.tasks().forEach((name, word) -> addBlock(Family.TASK, name, null, blocks(word)));
        addBlock(Family.OPTIMIZER, "adamW", "train.optimizer", Optimizer.AdamWOptions::new);
        addBlock(Family.OPTIMIZER, "bertAdam", "train.optimizer", Optimizer.BertAdamOptions::new);
        addBlock(Family.RECOVERY, "stop", null, Recovery.StopOptions::new);
        addBlock(Family.RECOVERY, "goBack", "train.onDivergence", Recovery.GoBackOptions::new);
        for (String encoder : new TreeSet<>(new ReleasedEncoders().names())) {
            addConstant(Family.ENCODER, encoder, new EncoderSource.Released(encoder));
        }
        addConstant(Family.SELECTION, "dev", new Selection.Dev());
        addConstant(Family.SELECTION, "nothing", new Selection.Nothing());
        add(Family.SELECTION, "holdout", new FunctionWord("holdout", "a fraction, as in holdout(0.1)", Words::holdout));
        for (Precision precision : Precision.values()) {
            addConstant(Family.PRECISION, Word.of(precision), precision);
        }
        for (Padding padding : Padding.values()) {
            addConstant(Family.PADDING, Word.of(padding), padding);
        }
        for (Freeze part : Freeze.values()) {
            addConstant(Family.FREEZE, Word.of(part), part);
        }
        for (Average average : Average.values()) {
            addConstant(Family.AVERAGE, "average." + Word.of(average), average);
        }
        for (Compatibility behaviour : Compatibility.values()) {
            addConstant(Family.COMPATIBILITY, Word.of(behaviour), behaviour);
        }
        addConstant(Family.COMPATIBILITY, "original", Compatibility.original());
        addConstant(Family.TASK, "glue.eight", GlueTasks.eight());
        words.put("choice", new FunctionWord("choice", "values, as in choice(shared(), pal())", Words::choice));
    }

    /** What the script calls {@code name}: a word, or the part of words before a dot. */
    Optional<Object> read(String name) {
        ScriptWord word = words.get(name);
        return word != null ? Optional.of(word.value()) : nameSpace(name).map(space -> space);
    }

    /** The value of the word with arguments, or nothing when there is no such word. */
    Optional<Object> call(String name, List<?> arguments) {
        return Optional.ofNullable(words.get(name)).map(word -> word.call(arguments));
    }

    /** The words of one family. */
    List<String> of(Family family) {
        return names.getOrDefault(family, List.of());
    }

    /**
     * The error for a word that is neither an option nor a value: what is near it, and what else there is of that kind.
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
        Optional<String> near = NearestWord.to(
                word, groups.values().stream().flatMap(Collection::stream).toList());
        String meant = near.map(known -> "; did you mean '" + known + "'?").orElse(".");
        String known = groups.entrySet().stream()
                .filter(group -> near.isEmpty() || group.getValue().contains(near.get()))
                .map(group -> group.getKey() + ": " + String.join(", ", group.getValue()))
                .collect(Collectors.joining("; "));
        return new PaletteException("unknown word '%s'%s%s Known %s.".formatted(word, where, meant, known));
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

    private static Optional<Object> holdout(List<?> arguments) {
        return OptionValue.fit(double.class, arguments).map(share -> new Selection.Holdout((double) share));
    }

    private static Optional<Object> choice(List<?> arguments) {
        boolean named = !arguments.isEmpty() && arguments.get(0) instanceof CharSequence;
        List<Object> values = OptionValue.flat(named ? arguments.subList(1, arguments.size()) : arguments);
        return Optional.of(new Axis<>(named ? arguments.get(0).toString() : null, values));
    }
}
