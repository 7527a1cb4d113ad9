package dev.palette.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Pal;
import dev.palette.dsl.Lexicon;
import dev.palette.experiment.Vocabulary;
import dev.palette.pretrained.EncoderSource;
import dev.palette.spec.PaletteException;
import dev.palette.task.Average;
import dev.palette.train.Selection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of words: from the blocks and their Javadoc alone. */
class DictionaryTest {
    private static final Vocabulary VOCABULARY = Vocabulary.installed();
    private static final Dictionary DICTIONARY = Dictionary.of(VOCABULARY);
    private static final Pattern NAMED_DEFAULT = Pattern.compile("(?:^|; )([-\\w.,]+(?:\\([\\w.]*\\))?) by default");

    @Test
    void everyWordAndEveryOptionHasAMeaning() {
        assertThat(all()).allSatisfy(word -> {
            assertThat(word.meaning()).as(word.name()).isNotBlank();
            assertThat(word.options())
                    .allSatisfy(option -> assertThat(option.meaning())
                            .as(option.block() + "." + option.name())
                            .isNotBlank());
        });
    }

    @Test
    void aDefaultThatJavadocNamesIsTheRealOne() {
        List<DescribedOption> named = all().stream()
                .flatMap(word -> word.options().stream())
                .filter(option -> option.defaultValue().isPresent())
                .filter(option -> NAMED_DEFAULT.matcher(option.meaning()).find())
                .toList();

        assertThat(named).hasSizeGreaterThan(40).allSatisfy(option -> {
            Matcher matcher = NAMED_DEFAULT.matcher(option.meaning());
            assertThat(matcher.find()).isTrue();
            assertThat(plain(matcher.group(1)))
                    .as("%s.%s: %s", option.block(), option.name(), option.meaning())
                    .isEqualTo(plain(option.defaultValue().orElseThrow()));
        });
    }

    /** 1,000 and 1000, 1 and 1.0, adamW and adamW() are the same. */
    private static String plain(String value) {
        return value.replace(",", "")
                .replaceFirst("\\.0$", "")
                .replaceFirst("\\(\\)$", "")
                .replaceAll("'", "");
    }

    @Test
    void anAdapterIsToldWithOptionsRangesDefaultsAndSource() {
        assertThat(DictionaryText.of(DICTIONARY, "pal", 100))
                .contains(
                        "pal { … }: an adapter",
                        "Projected attention layers (Stickland & Murray 2019, §3.2): beside each encoder layer",
                        "PAL(h) = gelu(Wᵁ · MultiHead(Wᴰ · h))",
                        "heads: a whole number of at least 1; 6 by default\n      Attention heads in the small space.",
                        "tied: true or false; true by default",
                        "source: Stickland and Murray 2019, BERT and PALs, §3.2 (arXiv:1902.02671)",
                        "made by: dev.palette.adapter.Pal")
                .doesNotContain("<", "&amp;", "{@");
    }

    @Test
    void anOptionIsToldForEachBlockThatHasIt() {
        assertThat(DictionaryText.of(DICTIONARY, "learningRate", 100))
                .contains(
                        "learningRate: an option of adamW\n  a number greater than 0; 2e-5 by default",
                        "learningRate: an option of bertAdam",
                        "setting: train.optimizer.learningRate");
    }

    @Test
    void allWordsAreListedByKindEachWithALine() {
        assertThat(DictionaryText.of(DICTIONARY, 200))
                .contains(
                        "an adapter:",
                        "a task:",
                        "experiment('name') { … }, the block of a script:",
                        "train { … }, a block of experiment:",
                        "evaluate { … }, a block of train:")
                .containsPattern("  pal +Projected attention layers")
                .containsPattern("  glue\\.cola +The Corpus of Linguistic Acceptability")
                .containsPattern("  batchSize +Examples a batch: a whole number of at least 1; 32 by default");
    }

    @Test
    void codeInACommentKeepsItsBracesAndConstantsAreWords() {
        assertThat(DictionaryText.of(DICTIONARY, "composed", 100))
                .contains("Several methods at once: pal { size 204; layers 0..5 } + topLayer(). At each site");
        assertThat(DictionaryText.of(DICTIONARY, "auto", 100)).contains("bf16 where this machine");
        assertThat(DictionaryText.of(DICTIONARY, 100))
                .containsPattern("asha +Asynchronous successive halving \\(Li et al. 2020\\)");
    }

    @Test
    void wordsThatABlockAloneKnowsAreNamedWithIt() {
        assertThat(DictionaryText.of(DICTIONARY, "table", 200))
                .containsPattern("values in it: .*allPairs, best, deviation");
    }

    @Test
    void theJsonHasAllOfIt() {
        JsonNode pal = DictionaryJson.of(DICTIONARY, "pal").at("/words/0");
        JsonNode heads = pal.at("/options/0");

        assertThat(pal.path("kind").asText()).isEqualTo("an adapter");
        assertThat(heads.path("name").asText()).isEqualTo("heads");
        assertThat(heads.path("default").asText()).isEqualTo("6");
        assertThat(heads.path("range").asText()).isEqualTo("a whole number of at least 1");
        assertThat(DictionaryJson.of(DICTIONARY).path("blocks").findValuesAsText("form"))
                .contains("train { … }");
    }

    @Test
    void anUnknownWordNamesTheNearest() {
        assertThatThrownBy(() -> DictionaryText.of(DICTIONARY, "batchsize", 100))
                .isInstanceOf(PaletteException.class)
                .hasMessage("unknown word 'batchsize'; did you mean 'batchSize'? palette words lists all there are.");
    }

    @Test
    void valuesAreSpeltAsScriptsWriteThem() {
        Spelling spelling = Spelling.brief(Lexicon.of(VOCABULARY));

        assertThat(spelling.of(3e-5)).contains("3e-5");
        assertThat(spelling.of(-2.5e-7)).contains("-2.5e-7");
        assertThat(spelling.of(0.1)).contains("0.1");
        assertThat(spelling.of(List.of("a'b"))).contains("'a\\'b'");
        assertThat(spelling.of(Average.PAPER)).contains("average.paper");
        assertThat(spelling.of(new Selection.Holdout(0.2))).contains("holdout(0.2)");
        assertThat(spelling.of(EncoderSource.hub("org/tiny"))).contains("hub('org/tiny')");
        assertThat(spelling.of(EncoderSource.hub("org/tiny", "v1.0"))).contains("hub('org/tiny', revision: 'v1.0')");
        assertThat(spelling.of(new Pal(12, 6))).contains("pal { size 12 }");
        assertThat(spelling.of(new Object())).isEmpty();
    }

    private static List<DescribedWord> all() {
        return Stream.concat(DICTIONARY.values().stream(), DICTIONARY.blocks().stream())
                .toList();
    }
}
