package dev.palette.task.superglue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.rows.Row;
import dev.palette.task.rows.Table;
import dev.palette.task.superglue.Question.Candidate;
import java.util.ArrayList;
import java.util.List;

/** MultiRC's files: a passage a line, with its questions, each with answers of which any number is right. */
final class MultiRcFile {
    private MultiRcFile() {}

    static List<Question> read(Table table) {
        List<Question> all = new ArrayList<>();
        table.readSome(row -> {
            JsonNode passage = row.cell("passage");
            String text = Members.text(row, passage, "passage", "text");
            for (JsonNode question : Members.list(row, passage, "passage", "questions")) {
                all.add(question(row, text, question));
            }
        });
        return all;
    }

    private static Question question(Row row, String passage, JsonNode question) {
        String asked = Members.text(row, question, "passage.questions", "question");
        List<Candidate> candidates = new ArrayList<>();
        for (JsonNode answer : Members.list(row, question, "passage.questions", "answers")) {
            String text = Members.text(row, answer, "passage.questions.answers", "text");
            double label = answer.has("label") ? answer.get("label").asInt() : Double.NaN;
            candidates.add(new Candidate(
                    passage, asked + " " + text, text, answer.path("idx").asInt(), label));
        }
        return new Question(row.cell("idx").asInt(), question.path("idx").asInt(), candidates, List.of());
    }
}
