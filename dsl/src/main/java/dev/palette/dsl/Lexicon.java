package dev.palette.dsl;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.NamedVariant;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.Block;
import dev.palette.table.ReferenceTable;
import dev.palette.task.own.OwnTask;
import dev.palette.task.own.OwnTaskOptions;
import dev.palette.task.own.TextsTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Every word that a script may use, told by what checks scripts: the words for values, and the blocks of options. Whoever describes
 * the language to a person or an editor asks here.
 */
public final class Lexicon {
    private final List<WordEntry> words = new ArrayList<>();
    private final Map<Class<?>, BlockEntry> blocks = new LinkedHashMap<>();

    private Lexicon(Words all) {
        OptionEntries options = new OptionEntries(all);
        addBlock(unbuilt(options, "experiment", ExperimentBlock.class, Experiment.class), options);
        all.all().forEach((name, word) -> words.add(entry(options, all, name, word)));
        String beside = References.WORD + ".NAME";
        words.add(new WordEntry(References.WORD, "published results", ReferenceTable.class, null, null, beside));
    }

    /** The words of a vocabulary and the language's own. */
    public static Lexicon of(Vocabulary vocabulary) {
        return new Lexicon(new Words(
                vocabulary,
                Path.of(""),
                (name, path, newBlock, braces) -> {
                    throw new IllegalStateException(name + " is described, not evaluated");
                },
                (definition, arguments) -> {
                    throw new IllegalStateException(definition.word() + " is described, not evaluated");
                },
                (block, braces) -> {
                    throw new IllegalStateException("variants are described, not evaluated");
                }));
    }

    /** The words that stand for values, in alphabetical order. */
    public List<WordEntry> words() {
        return List.copyOf(words);
    }

    /** The block {@code experiment}, and those that stand in it, the outer ones first; blocks of words for values are not among them. */
    public List<BlockEntry> blocks() {
        return List.copyOf(blocks.values());
    }

    private static WordEntry entry(OptionEntries options, Words all, String name, ScriptWord word) {
        String kind = all.familyOf(name)
                .or(() -> word instanceof FunctionWord made ? Family.ofKind(made.makes()) : Optional.empty())
                .map(Family::withArticle)
                .orElse("what varies");
        if (word instanceof BlockWord own) {
            BlockEntry block = options.block(
                    name, own.path() == null ? "" : own.path(), own.newBlock().get());
            String example = name + (block.options().isEmpty() ? "()" : " { … }");
            return new WordEntry(name, kind, block.type(), null, block, example);
        } else if (word instanceof FunctionWord function) {
            String form = Definition.isWord(name) ? Definition.of(name).example() : function.expected();
            return new WordEntry(name, kind, function.makes(), null, null, form);
        } else if (word instanceof VariantWord) {
            BlockEntry block = unbuilt(options, name, VariantBlock.class, NamedVariant.class);
            return new WordEntry(name, kind, NamedVariant.class, null, block, "variant('name') { … }");
        }
        if (word instanceof TaskWord) {
            BlockEntry block = unbuilt(options, name, OwnTaskOptions.class, TextsTask.class);
            return new WordEntry(name, Family.TASK.withArticle(), OwnTask.class, null, block, TaskWord.EXAMPLE);
        }
        if (word instanceof ConstantWord constant) {
            return new WordEntry(name, kind, constant.makes(), constant.value(), null, name);
        }
        throw new IllegalStateException("a kind of word that nobody describes: " + word);
    }

    /** A block that only a script can begin, so that no fresh one tells its defaults. */
    private static BlockEntry unbuilt(
            OptionEntries options, String name, Class<? extends Block<?>> block, Class<?> type) {
        return new BlockEntry(name, "", block, type, options.of(block, type, Optional.empty()), Map.of(), List.of());
    }

    private void addBlock(BlockEntry entry, OptionEntries options) {
        if (blocks.putIfAbsent(entry.block(), entry) != null) {
            return;
        }
        for (OptionEntry option : entry.options()) {
            for (Supplier<Block<?>> newBlock : options.nested(option.methods())) {
                String path = entry.path().isEmpty() ? option.name() : entry.path() + "." + option.name();
                addBlock(options.block(option.name(), path, newBlock.get()), options);
            }
        }
    }
}
