package dev.palette.experiments.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Sentences and their twins with a local fault of word order, in the layout of CoLA: source, label, star, sentence; no header.
 *
 * <p>Both twins are in the same split, the sound one with label 1, the faulty one with label 0 and a star.
 */
final class Acceptability {
    private Acceptability() {}

    /**
     * A sound sentence and ways to put the same words in a wrong order.
     *
     * @param name the construction, written to the source column
     */
    private record Construction(String name, String sound, List<String> faulty) {}

    private static final List<Construction> CONSTRUCTIONS = List.of(
            new Construction(
                    "adjective",
                    "the {mood} {person} {did} the {fit} {thing}.",
                    List.of(
                            "the {person} {mood} {did} the {fit} {thing}.",
                            "{mood} the {person} {did} the {fit} {thing}.",
                            "the {mood} {person} {did} {fit} the {thing}.",
                            "the {mood} {person} the {did} {fit} {thing}.")),
            new Construction(
                    "preposition",
                    "{name} {did} the {thing} in the {place}.",
                    List.of(
                            "{name} {did} the {thing} the in {place}.",
                            "{name} {did} the {thing} the {place} in.",
                            "{name} {did} {thing} the in the {place}.",
                            "{name} the {did} {thing} in the {place}.")),
            new Construction(
                    "modal",
                    "{name} will {do} the {fit} {thing} {soon}.",
                    List.of(
                            "{name} {do} will the {fit} {thing} {soon}.",
                            "{name} will the {do} {fit} {thing} {soon}.",
                            "{name} will {do} {fit} the {thing} {soon}.")),
            new Construction(
                    "perfect",
                    "the {person} has never {done} the {fit} {thing}.",
                    List.of(
                            "the {person} {done} has never the {fit} {thing}.",
                            "the {person} has {done} the never {fit} {thing}.",
                            "the has {person} never {done} the {fit} {thing}.")),
            new Construction(
                    "infinitive",
                    "the {person} wanted to {do} the {thing} near the {place}.",
                    List.of(
                            "the {person} wanted {do} to the {thing} near the {place}.",
                            "the {person} to wanted {do} the {thing} near the {place}.",
                            "the {person} wanted to {do} the {thing} the near {place}.",
                            "{person} the wanted to {do} the {thing} near the {place}.")),
            new Construction(
                    "passive",
                    "the {thing} was {done} by the {mood} {person} {when}.",
                    List.of(
                            "the {thing} was by {done} the {mood} {person} {when}.",
                            "the {thing} {done} was by the {mood} {person} {when}.",
                            "the {thing} was {done} the by {mood} {person} {when}.",
                            "the {thing} was {done} by {mood} the {person} {when}.")),
            new Construction(
                    "coordination",
                    "{name} and {name2} {did} the {thing} {when}.",
                    List.of(
                            "and {name} {name2} {did} the {thing} {when}.",
                            "{name} {name2} and {did} the {thing} {when}.",
                            "{name} and {name2} the {did} {thing} {when}.")),
            new Construction(
                    "question",
                    "did the {mood} {person} {do} the {thing} {when}?",
                    List.of(
                            "the did {mood} {person} {do} the {thing} {when}?",
                            "did {mood} the {person} {do} the {thing} {when}?",
                            "did the {mood} {person} {do} {thing} the {when}?")),
            new Construction(
                    "relative",
                    "the {person} who {did} the {thing} was very {mood}.",
                    List.of(
                            "the who {person} {did} the {thing} was very {mood}.",
                            "the {person} who {did} the {thing} very was {mood}.",
                            "the {person} who {did} {thing} the was very {mood}.",
                            "the {person} {did} who the {thing} was very {mood}.")));

    /** {@code pairs} pairs of twins, none of whose sound sentences is in {@code taken}; they are added there. */
    static List<String> rows(Lexicon lexicon, int pairs, Set<String> taken, Random random) {
        List<List<String>> twins = new ArrayList<>();
        for (int i = 0; twins.size() < pairs; i++) {
            Construction construction = CONSTRUCTIONS.get(i % CONSTRUCTIONS.size());
            Scene scene = Scene.draw(lexicon, random);
            String sound = scene.fill(construction.sound());
            String faulty = scene.fill(Scene.one(construction.faulty(), random));
            if (taken.add(sound)) {
                twins.add(List.of(
                        String.join("\t", construction.name(), "1", "", sound),
                        String.join("\t", construction.name(), "0", "*", faulty)));
            }
        }
        return Rows.shuffled(twins, random);
    }
}
