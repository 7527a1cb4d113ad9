package dev.palette.words;

import dev.palette.dsl.BlockEntry;
import dev.palette.dsl.Lexicon;
import dev.palette.dsl.OptionEntry;
import dev.palette.dsl.WordEntry;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every word of scripts, described. */
public final class Dictionary {
    private final Spelling spelling;
    private final List<DescribedWord> values;
    private final List<DescribedWord> blocks;

    private Dictionary(Lexicon lexicon) {
        spelling = Spelling.brief(lexicon);
        values = lexicon.words().stream().map(this::described).toList();
        blocks = lexicon.blocks().stream().map(this::described).toList();
    }

    /** The words that a vocabulary has, and the language's own. */
    public static Dictionary of(Vocabulary vocabulary) {
        return new Dictionary(Lexicon.of(vocabulary));
    }

    /** The words that stand for values, in alphabetical order. */
    public List<DescribedWord> values() {
        return values;
    }

    /** The blocks of options, {@code experiment} first and what stands in another after it. */
    public List<DescribedWord> blocks() {
        return blocks;
    }

    /** The words and blocks of a name; a block that stands in several is there for each. */
    public List<DescribedWord> words(String name) {
        return Stream.concat(values.stream(), blocks.stream())
                .filter(word -> word.name().equals(name))
                .toList();
    }

    /** The options of a name, in whichever block. */
    public List<DescribedOption> options(String name) {
        return Stream.concat(values.stream(), blocks.stream())
                .flatMap(word -> word.options().stream())
                .filter(option -> option.name().equals(name))
                .toList();
    }

    /**
     * Makes sure that there is such a word.
     *
     * @throws PaletteException when there is none; says which is near
     */
    public void require(String name) {
        if (words(name).isEmpty() && options(name).isEmpty()) {
            List<String> known = new ArrayList<>();
            Stream.concat(values.stream(), blocks.stream()).forEach(word -> {
                known.add(word.name());
                word.options().forEach(option -> known.add(option.name()));
            });
            String near = NearestWord.to(name, known)
                    .map(word -> "; did you mean '%s'?".formatted(word))
                    .orElse(".");
            throw new PaletteException("unknown word '%s'%s palette words lists all there are.".formatted(name, near));
        }
    }

    private DescribedWord described(WordEntry word) {
        Meaning meaning = Meaning.of(word);
        List<DescribedOption> options =
                Optional.ofNullable(word.block()).map(this::options).orElse(List.of());
        return new DescribedWord(
                word.name(),
                word.kind(),
                word.example(),
                meaning.text(),
                meaning.sources(),
                word.type(),
                options,
                List.of());
    }

    private DescribedWord described(BlockEntry block) {
        Meaning meaning = Meaning.of(block.type());
        String outer = block.path().contains(".")
                ? block.path().substring(0, block.path().lastIndexOf('.'))
                : "experiment";
        boolean outermost = block.path().isEmpty();
        return new DescribedWord(
                block.name(),
                outermost ? "the block of a script" : "a block of " + outer,
                outermost ? block.name() + "('name') { … }" : block.name() + " { … }",
                meaning.text(),
                meaning.sources(),
                block.type(),
                options(block),
                block.local());
    }

    private List<DescribedOption> options(BlockEntry block) {
        return block.options().stream().map(option -> described(block, option)).toList();
    }

    private DescribedOption described(BlockEntry block, OptionEntry option) {
        Meaning meaning = Meaning.of(option);
        String key = block.path() + "." + option.name();
        Object value = option.defaultValue();
        return new DescribedOption(
                option.name(),
                block.name(),
                option.type(),
                option.range(),
                Optional.ofNullable(value).flatMap(spelling::of).filter(text -> !text.equals(Spelling.NO_OPTIONS)),
                option.required(),
                option.isDeprecated(),
                meaning.text(),
                meaning.sources(),
                Settings.keys().contains(key) ? Optional.of(key) : Optional.empty());
    }
}
