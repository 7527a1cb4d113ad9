package dev.palette.task.superglue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small files in the format of SuperGLUE's official download, one labelled line or two for each task. */
public final class SuperGlueFiles {
    /** The lines of each task's labelled files. */
    public static final Map<SuperGlueLayout, List<String>> LINES = new TreeMap<>(Map.of(
            SuperGlueLayout.BOOLQ,
            List.of("""
                    {"question": "can the dog see", "passage": "The dog -- The dog sees the cat.", "idx": 0, "label": true}""", """
                    {"question": "is the tree old", "passage": "The tree -- The tree is red.", "idx": 1, "label": false}"""),
            SuperGlueLayout.CB,
            List.of("""
                    {"premise": "the dog sees .", "hypothesis": "the cat hears .", "label": "neutral", "idx": 0}""", """
                    {"premise": "the dog sees .", "hypothesis": "the dog sees .", "label": "entailment", "idx": 1}"""),
            SuperGlueLayout.COPA,
            List.of("""
                    {"premise": "The tree fell.", "choice1": "It was old.", "choice2": "The cat hears.", "question": "cause", "idx": 0, "label": 0}""", """
                    {"premise": "The dog ran.", "choice1": "It was old.", "choice2": "The cat hears.", "question": "effect", "idx": 1, "label": 1}"""),
            SuperGlueLayout.MULTIRC,
            List.of("""
                    {"idx": 7, "version": 1.1, "passage": {"text": "The dog sees. The cat hears.", "questions": [\
                    {"question": "Who sees?", "idx": 10, "answers": [{"text": "the dog", "idx": 40, "label": 1}, {"text": "the cat", "idx": 41, "label": 0}]}, \
                    {"question": "Who is there?", "idx": 11, "answers": [{"text": "the dog", "idx": 42, "label": 1}, {"text": "a cat", "idx": 43, "label": 1}, {"text": "a tree", "idx": 44, "label": 0}]}]}}"""),
            SuperGlueLayout.RECORD,
            List.of("""
                    {"source": "Daily mail", "passage": {"text": "Ann met Bo in Rome.\\n@highlight\\nAnn is old.", "entities": [\
                    {"start": 0, "end": 2}, {"start": 8, "end": 9}, {"start": 14, "end": 17}, {"start": 31, "end": 33}]}, "qas": [\
                    {"query": "In Rome @placeholder met Bo.", "answers": [{"start": 0, "end": 2, "text": "Ann"}, {"start": 31, "end": 33, "text": "Ann"}], "idx": 5}, \
                    {"query": "They were in @placeholder.", "answers": [{"start": 14, "end": 17, "text": "Rome"}], "idx": 6}], "idx": 3}"""),
            SuperGlueLayout.RTE,
            List.of("""
                    {"premise": "the dog sees .", "hypothesis": "the cat hears .", "label": "not_entailment", "idx": 0}""", """
                    {"premise": "the dog sees .", "hypothesis": "the dog sees .", "label": "entailment", "idx": 1}"""),
            SuperGlueLayout.WIC,
            List.of("""
                    {"word": "place", "sentence1": "Do you want to come over to my place later?", "sentence2": "A political system with no place for the less prominent groups.", "idx": 0, "label": false, "start1": 31, "start2": 27, "end1": 36, "end2": 32, "version": 1.1}""", """
                    {"word": "dog", "sentence1": "The dog sees.", "sentence2": "Old dogs hear.", "idx": 1, "label": true, "start1": 4, "start2": 4, "end1": 7, "end2": 8, "version": 1.1}"""),
            SuperGlueLayout.WSC,
            List.of("""
                    {"text": "Mark told Pete many lies about himself.", "target": {"span2_index": 6, "span1_index": 0, "span1_text": "Mark", "span2_text": "himself"}, "idx": 0, "label": true}""", """
                    {"text": "The old tree saw the dog, and it ran.", "target": {"span2_index": 7, "span1_index": 0, "span1_text": "The old tree", "span2_text": "it"}, "idx": 1, "label": false}""")));

    private SuperGlueFiles() {}

    /**
     * Writes all tasks' files.
     *
     * @param times how often each line stands in a training file
     */
    public static void write(Path data, int times) throws IOException {
        for (Map.Entry<SuperGlueLayout, List<String>> task : LINES.entrySet()) {
            Path folder = Files.createDirectories(data.resolve(task.getKey().directory()));
            String lines = String.join("\n", task.getValue()) + "\n";
            Files.writeString(folder.resolve("train.jsonl"), lines.repeat(times));
            Files.writeString(folder.resolve("val.jsonl"), lines);
            Files.writeString(folder.resolve("test.jsonl"), withoutLabels(lines));
        }
    }

    private static String withoutLabels(String lines) {
        return lines.replaceAll(", \"label\": [^,}]+", "")
                .replaceAll("\"label\": [^,}]+, ", "")
                .replaceAll("\"answers\": \\[\\{\"start\"[^\\]]*\\], ", "");
    }
}
