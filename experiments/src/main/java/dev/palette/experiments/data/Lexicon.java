package dev.palette.experiments.data;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The vocabulary: everyday words, grouped by what may stand in one place of a pattern.
 *
 * <p>{@link #train()} lacks every fifth entry of each group; {@link #dev()} has them all, so that about half of the dev
 * sentences hold a word that no training sentence of the task has.
 *
 * @param people nouns for persons
 * @param names given names
 * @param moods adjectives for persons
 * @param deeds past tense (and participle) of what one person does to another
 * @param places where things happen, to follow "in the" or "near the"
 * @param pastTimes when something happened
 * @param futureTimes when something will happen
 * @param givings past tense of handing something over
 * @param gifts what may be handed over
 * @param actions what persons do with things
 * @param synonyms words with their synonyms, by part of speech
 */
record Lexicon(
        List<String> people,
        List<String> names,
        List<String> moods,
        List<String> deeds,
        List<String> places,
        List<String> pastTimes,
        List<String> futureTimes,
        List<String> givings,
        List<String> gifts,
        List<Action> actions,
        Synonyms synonyms) {

    /** Every how many entries one is kept out of training. */
    private static final int HELD_OUT_STRIDE = 5;

    /**
     * A transitive verb and what it may be done with.
     *
     * @param base infinitive
     * @param past past tense
     * @param done past participle
     * @param fits adjectives for its objects
     * @param things its objects
     */
    record Action(String base, String past, String done, List<String> fits, List<String> things) {
        private static Action parse(String line) {
            String[] parts = line.split("\\|", -1);
            List<String> verb = words(parts[0]);
            return new Action(verb.get(0), verb.get(1), verb.get(2), words(parts[1]), words(parts[2]));
        }
    }

    /** A word and another that means the same. */
    record Pair(String word, String synonym) {
        private static Pair parse(String text) {
            String[] parts = text.split("/", -1);
            return new Pair(parts[0], parts[1]);
        }
    }

    /** Pairs of synonyms by the place they take in "the happy doctor bought the big car". */
    record Synonyms(List<Pair> moods, List<Pair> people, List<Pair> verbs, List<Pair> fits, List<Pair> things) {}

    /** The words of training sentences. */
    static Lexicon train() {
        return keep(false);
    }

    /** All words. */
    static Lexicon dev() {
        return keep(true);
    }

    private static Lexicon keep(boolean all) {
        Synonyms synonyms = new Synonyms(
                keep(pairs(SAME_MOODS), all),
                keep(pairs(SAME_PEOPLE), all),
                keep(pairs(SAME_VERBS), all),
                keep(pairs(SAME_FITS), all),
                keep(pairs(SAME_THINGS), all));
        return new Lexicon(
                keep(words(PEOPLE), all),
                keep(words(NAMES), all),
                keep(words(MOODS), all),
                keep(words(DEEDS), all),
                keep(words(PLACES), all),
                phrases(PAST_TIMES),
                phrases(FUTURE_TIMES),
                keep(words(GIVINGS), all),
                keep(words(GIFTS), all),
                keep(ACTIONS.lines().map(Action::parse).toList(), all),
                synonyms);
    }

    private static <T> List<T> keep(List<T> entries, boolean all) {
        return IntStream.range(0, entries.size())
                .filter(i -> all || i % HELD_OUT_STRIDE != HELD_OUT_STRIDE - 1)
                .mapToObj(entries::get)
                .toList();
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).toList();
    }

    private static List<String> phrases(String text) {
        return Stream.of(text.strip().split("\\s*,\\s*")).toList();
    }

    private static List<Pair> pairs(String text) {
        return words(text).stream().map(Pair::parse).toList();
    }

    private static final String PEOPLE = """
            teacher doctor farmer singer nurse painter baker lawyer soldier student
            writer dancer driver sailor gardener butcher waiter pilot judge priest
            neighbor tourist hunter tailor miner captain clerk poet janitor mayor
            """;

    private static final String NAMES = """
            Anna Peter Maria David Laura Thomas Julia Robert Helen Martin
            Susan Daniel Alice George Sarah Frank Emma Paul Rachel Simon
            """;

    private static final String MOODS = """
            old young tired friendly quiet proud hungry angry happy nervous
            tall lonely clever shy honest lazy polite brave sleepy rich
            """;

    private static final String DEEDS = """
            thanked helped greeted followed visited praised called pushed warned invited
            blamed trusted admired ignored insulted rescued watched kissed attacked hired
            """;

    private static final String PLACES = """
            garden kitchen village station library market office school forest hotel
            museum park hospital harbor church castle factory theater bakery cellar
            """;

    private static final String PAST_TIMES = "yesterday, last night, this morning, last week, two days ago";

    private static final String FUTURE_TIMES = "tomorrow, tonight, next week, next summer, soon";

    private static final String GIVINGS = "gave showed sent brought handed";

    private static final String GIFTS = """
            book letter ring key coin map cup photo camera apple
            blanket bottle ticket flower knife towel lamp toy violin basket
            """;

    /** infinitive, past tense, participle | adjectives | objects. */
    private static final String ACTIONS = """
            repair repaired repaired | broken wooden rusty | chair clock bicycle radio roof
            read read read | long boring famous | book letter newspaper poem report
            eat ate eaten | fresh warm delicious | soup bread cake sandwich apple
            paint painted painted | high narrow ugly | wall fence door boat ceiling
            carry carried carried | heavy large empty | box basket ladder suitcase barrel
            wash washed washed | dirty wet greasy | shirt blanket window cup floor
            sell sold sold | expensive cheap used | car house ring painting piano
            lose lost lost | golden tiny blue | key wallet coin glove umbrella
            write wrote written | short funny secret | story song message diary speech
            build built built | strong modern stone | bridge tower cabin barn temple
            find found found | strange hidden silver | map sword mirror watch treasure
            drink drank drunk | cold sweet bitter | tea milk coffee juice wine
            steal stole stolen | precious shiny rare | necklace diamond crown statue camera
            cut cut cut | dry thin green | rope branch grass paper cloth
            open opened opened | locked square black | gate drawer bottle envelope safe
            """;

    private static final String SAME_MOODS = """
            happy/glad angry/furious tired/exhausted smart/clever rich/wealthy
            brave/courageous sick/ill sad/unhappy famous/renowned shy/timid
            crazy/insane lucky/fortunate polite/courteous lonely/isolated cruel/brutal
            """;

    private static final String SAME_PEOPLE = """
            doctor/physician lawyer/attorney teacher/instructor author/writer thief/robber
            kid/child woman/lady buddy/friend boss/manager king/monarch
            sailor/seaman singer/vocalist soldier/warrior priest/clergyman father/dad
            """;

    private static final String SAME_VERBS = """
            bought/purchased fixed/repaired built/constructed chose/selected saw/noticed
            discovered/found wanted/desired collected/gathered hid/concealed cleaned/washed
            destroyed/ruined examined/inspected hated/despised loved/adored received/got
            """;

    private static final String SAME_FITS = """
            big/large small/little strange/odd beautiful/pretty new/modern
            old/ancient expensive/costly dirty/filthy broken/damaged empty/vacant
            """;

    private static final String SAME_THINGS = """
            car/automobile photo/picture gift/present couch/sofa shop/store
            house/home stone/rock rug/carpet boat/ship jacket/coat
            bike/bicycle movie/film song/tune road/street cup/mug
            """;
}
