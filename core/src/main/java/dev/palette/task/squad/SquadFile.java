package dev.palette.task.squad;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the questions of one SQuAD v1.1 file. Every finding names the file and the place in it. */
final class SquadFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Answered answered;

    /** How many answers each question must have. */
    enum Answered {
        /** One to train on. */
        ONCE,
        /** At least one to score by. */
        SOMETIMES,
        /** None is needed to predict one. */
        PERHAPS
    }

    SquadFile(Path file, Answered answered) {
        this.file = file;
        this.answered = answered;
    }

    /**
     * The first questions of the file, in its order.
     *
     * @param most questions to read; 0 for all
     */
    List<Question> read(int most) {
        List<Question> questions = new ArrayList<>();
        JsonNode data = array(tree(), "", "data");
        for (int article = 0; article < data.size(); article++) {
            String inArticle = "data[%d].".formatted(article);
            JsonNode paragraphs = array(data.get(article), inArticle, "paragraphs");
            for (int i = 0; i < paragraphs.size(); i++) {
                if (most > 0 && questions.size() >= most) {
                    return questions.subList(0, most);
                }
                addQuestions(paragraphs.get(i), "%sparagraphs[%d].".formatted(inArticle, i), questions);
            }
        }
        if (questions.isEmpty()) {
            throw new PaletteException(file + " has no questions; fetch it again");
        }
        return most > 0 && questions.size() > most ? questions.subList(0, most) : questions;
    }

    private JsonNode tree() {
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new PaletteException(
                    "%s:%d:%d: not JSON: %s; fetch it again"
                            .formatted(
                                    file,
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage().replaceAll(" \\(start marker .*", "")),
                    e);
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    private void addQuestions(JsonNode paragraph, String place, List<Question> questions) {
        Passage passage = Passage.of(text(paragraph, place, "context"));
        JsonNode qas = array(paragraph, place, "qas");
        for (int i = 0; i < qas.size(); i++) {
            String here = "%sqas[%d].".formatted(place, i);
            JsonNode qa = qas.get(i);
            questions.add(new Question(text(qa, here, "id"), text(qa, here, "question"), passage, answers(qa, here)));
        }
    }

    private List<Answer> answers(JsonNode qa, String place) {
        if (answered == Answered.PERHAPS && !qa.has("answers")) {
            return List.of();
        }
        JsonNode list = array(qa, place, "answers");
        if (answered == Answered.ONCE && list.size() != 1) {
            throw problem(place + "answers", "has %d elements".formatted(list.size()), "one answer, to train on");
        }
        if (answered == Answered.SOMETIMES && list.isEmpty()) {
            throw problem(place + "answers", "is empty", "at least one answer, to score by");
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String here = "%sanswers[%d].".formatted(place, i);
            int start = member(list.get(i), here, "answer_start", JsonNodeType.NUMBER, "a whole number")
                    .asInt();
            answers.add(new Answer(text(list.get(i), here, "text"), start));
        }
        return answers;
    }

    private JsonNode array(JsonNode parent, String place, String key) {
        return member(parent, place, key, JsonNodeType.ARRAY, "a list");
    }

    private String text(JsonNode parent, String place, String key) {
        return member(parent, place, key, JsonNodeType.STRING, "a text").asText();
    }

    private JsonNode member(JsonNode parent, String place, String key, JsonNodeType type, String expected) {
        JsonNode found = parent.path(key);
        if (found.getNodeType() != type) {
            throw problem(place + key, found.isMissingNode() ? "is missing" : "is " + found, expected);
        }
        return found;
    }

    private PaletteException problem(String place, String found, String expected) {
        return new PaletteException("%s: %s %s, expected %s; is this a file of SQuAD v1.1?"
                .formatted(file, place, found.length() > 80 ? found.substring(0, 80) + "…" : found, expected));
    }
}
