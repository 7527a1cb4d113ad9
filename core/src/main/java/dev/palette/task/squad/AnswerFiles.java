package dev.palette.task.squad;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The original's {@code predictions.json} and {@code nbest_predictions.json}: ASCII, indented by four, as Python writes it. */
final class AnswerFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private final ObjectNode answers = JSON.createObjectNode();
    private final ObjectNode nBest = JSON.createObjectNode();

    /** Adds a question's candidates, the best first. */
    void add(String id, List<Candidate> candidates) {
        answers.put(id, candidates.get(0).text());
        double[] probabilities = Candidate.probabilities(candidates);
        ArrayNode list = nBest.putArray(id);
        for (int i = 0; i < probabilities.length; i++) {
            Candidate candidate = candidates.get(i);
            list.addObject()
                    .put("text", candidate.text())
                    .put("probability", probabilities[i])
                    .put("start_logit", candidate.startLogit())
                    .put("end_logit", candidate.endLogit());
        }
    }

    /** The answer to each question, by its id. */
    String answers() {
        return write(answers);
    }

    /** Each question's candidates, by its id. */
    String nBest() {
        return write(nBest);
    }

    private static String write(ObjectNode object) {
        DefaultIndenter four = new DefaultIndenter("    ", "\n");
        ObjectWriter writer = JSON.writer(new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(four)
                .withArrayIndenter(four));
        try {
            return writer.writeValueAsString(object) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory cannot fail to be written", e);
        }
    }
}
