package dev.palette.task.superglue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.rows.Row;
import dev.palette.task.rows.Table;
import dev.palette.task.superglue.Question.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * ReCoRD's files: a news article a line, its entities, and sentences from which one entity was taken out. An entity is a candidate once,
 * however often it stands in the article; it is right where an answer is written like it.
 */
final class RecordFile {
    private static final String PLACEHOLDER = "@placeholder";
    private static final String HIGHLIGHT = "@highlight";

    private RecordFile() {}

    static List<Question> read(Table table) {
        List<Question> all = new ArrayList<>();
        table.readSome(row -> {
            JsonNode passage = row.cell("passage");
            String text = Members.text(row, passage, "passage", "text");
            Set<String> entities = entities(row, passage, text);
            String read = text.replace(HIGHLIGHT, " ").replaceAll("\\s+", " ").strip();
            JsonNode queries = row.cell("qas");
            for (JsonNode query : queries) {
                all.add(question(row, read, entities, query));
            }
        });
        return all;
    }

    /** The files count characters, the last one of an entity too. */
    private static Set<String> entities(Row row, JsonNode passage, String text) {
        Set<String> entities = new LinkedHashSet<>();
        for (JsonNode entity : Members.list(row, passage, "passage", "entities")) {
            int start = entity.path("start").asInt(-1);
            int end = entity.path("end").asInt(-1) + 1;
            int length = text.codePointCount(0, text.length());
            if (start < 0 || end <= start || end > length) {
                throw row.problem("the entity " + entity, "places in a passage of %d characters".formatted(length));
            }
            entities.add(text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end)));
        }
        return entities;
    }

    private static Question question(Row row, String passage, Set<String> entities, JsonNode query) {
        String sentence = Members.text(row, query, "qas", "query");
        if (!sentence.contains(PLACEHOLDER)) {
            throw row.problem("the query '%s'".formatted(sentence), PLACEHOLDER + " in it");
        }
        Set<String> answers = new LinkedHashSet<>();
        query.path("answers").forEach(answer -> answers.add(answer.path("text").asText()));
        List<Candidate> candidates = new ArrayList<>();
        for (String entity : entities) {
            double label = answers.isEmpty() ? Double.NaN : answers.contains(entity) ? 1 : 0;
            candidates.add(
                    new Candidate(passage, sentence.replace(PLACEHOLDER, entity), entity, candidates.size(), label));
        }
        int passageNumber = row.cell("idx").isInt()
                ? row.cell("idx").asInt()
                : row.cell("idx").path("passage").asInt();
        JsonNode number = query.path("idx");
        return new Question(
                passageNumber,
                number.isInt() ? number.asInt() : number.path("query").asInt(),
                candidates,
                List.copyOf(answers));
    }
}
