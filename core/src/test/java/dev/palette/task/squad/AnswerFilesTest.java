package dev.palette.task.squad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerFilesTest {
    private final AnswerFiles files = new AnswerFiles();

    @Test
    void answersAreWrittenAsPythonWritesThem() {
        files.add("q1", List.of(new Candidate("caf\u00e9", 1, 2), new Candidate("the caf\u00e9", 0, 2)));
        files.add("q2", List.of(Candidate.NONE));

        assertThat(files.answers()).isEqualTo("""
                {
                    "q1": "caf\\u00e9",
                    "q2": "empty"
                }
                """);
    }

    @Test
    void candidatesHaveTheirProbabilities() {
        files.add("q1", List.of(new Candidate("yes", 1, 2), new Candidate("no", 1, 2)));

        assertThat(files.nBest()).isEqualTo("""
                {
                    "q1": [
                        {
                            "text": "yes",
                            "probability": 0.5,
                            "start_logit": 1.0,
                            "end_logit": 2.0
                        },
                        {
                            "text": "no",
                            "probability": 0.5,
                            "start_logit": 1.0,
                            "end_logit": 2.0
                        }
                    ]
                }
                """);
    }
}
