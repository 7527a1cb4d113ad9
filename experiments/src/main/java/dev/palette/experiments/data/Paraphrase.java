package dev.palette.experiments.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Pairs of sentences that say the same, and their twins whose second sentence says something else with the same words, in the
 * layout of MRPC: quality, two ids, two sentences; a header that begins with a byte order mark.
 *
 * <p>Of six constructions, five have other sentences that nobody would say ("the soup ate the sailor"), which a shallow model
 * can learn to notice; in one both sentences are equally sensible and only a comparison of who is in which role tells them
 * apart.
 */
final class Paraphrase {
    private Paraphrase() {}

    /** The first line of a file. */
    static final String HEADER = "\uFEFFQuality\t#1 ID\t#2 ID\t#1 String\t#2 String";

    /** First ids of the constructions' sentences are multiples of this, so that an id tells the construction. */
    private static final int ID_STRIDE = 10_000;

    /** A sentence, a paraphrase of it, and another sentence of the same words as the paraphrase. */
    private record Construction(String sentence, String paraphrase, String other) {}

    private static final List<Construction> CONSTRUCTIONS = List.of(
            new Construction(
                    "the {fit} {thing} was {done} by the {mood} {person}.",
                    "the {mood} {person} {did} the {fit} {thing}.",
                    "the {fit} {thing} {did} the {mood} {person}."),
            new Construction(
                    "the {person} {did} the {thing} in the {place}.",
                    "in the {place} the {person} {did} the {thing}.",
                    "in the {place} the {thing} {did} the {person}."),
            new Construction(
                    "the {person} {deed} the {person2} {when}.",
                    "the {person2} was {deed} by the {person} {when}.",
                    "the {person} was {deed} by the {person2} {when}."),
            new Construction(
                    "{name} {gave} the {gift} to the {person}.",
                    "{name} {gave} the {person} the {gift}.",
                    "{name} {gave} the {gift} the {person}."),
            new Construction(
                    "{when} the {person} {did} the {thing}.",
                    "it was the {person} that {did} the {thing} {when}.",
                    "it was the {thing} that {did} the {person} {when}."),
            new Construction(
                    "the {thing} was {done} by {name} {when}.",
                    "{when} {name} {did} the {thing}.",
                    "{when} the {thing} {did} {name}."));

    /** {@code pairs} pairs of twins, none of whose first sentences is in {@code taken}; they are added there. */
    static List<String> rows(Lexicon lexicon, int pairs, Set<String> taken, Random random) {
        List<List<String>> twins = new ArrayList<>();
        for (int i = 0; twins.size() < pairs; i++) {
            int kind = i % CONSTRUCTIONS.size();
            Construction construction = CONSTRUCTIONS.get(kind);
            Scene scene = Scene.draw(lexicon, random);
            String sentence = scene.fill(construction.sentence());
            if (taken.add(sentence)) {
                int id = (kind + 1) * ID_STRIDE + 3 * twins.size();
                twins.add(List.of(
                        row(1, id, id + 1, sentence, scene.fill(construction.paraphrase())),
                        row(0, id, id + 2, sentence, scene.fill(construction.other()))));
            }
        }
        return Rows.shuffled(twins, random);
    }

    private static String row(int quality, int id1, int id2, String sentence1, String sentence2) {
        return "%d\t%d\t%d\t%s\t%s".formatted(quality, id1, id2, sentence1, sentence2);
    }
}
