package dev.palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Palette's side of the benchmark: a process that answers requests, one JSON object a line, until its input ends. The peers'
 * {@code worker.py} answers the same requests:
 *
 * <pre>
 *   {"do": "prepare", "work": "train", …}   makes the model ready; the answer says how it will compute
 *   {"do": "repeat"}                        one repetition: {"seconds": …, "examples": …, "tokens": …}
 *   {"do": "settle"}                        a little of the work, untimed
 *   {"do": "memory"}                        {"peak": bytes, "resident": bytes}
 *   {"do": "trim"}                          gives freed memory back to the system, for the other side's turn
 * </pre>
 *
 * An answer with {@code error} is the end of the work at hand. Whatever libraries print goes to standard error.
 */
public final class Worker {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Subject subject = () -> {
        throw new IllegalStateException("nothing was prepared");
    };

    private Worker() {}

    /** Answers requests from standard input. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Worker worker = new Worker();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(worker.answer(JSON.readTree(line)));
            answers.flush();
        }
        Runtime.getRuntime().halt(0); // a training in the middle of its steps has nothing to save
    }

    private ObjectNode answer(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            answer(request, answer);
        } catch (Exception | OutOfMemoryError e) { // whatever it is, the benchmark is to say so, and go on
            e.printStackTrace();
            answer.put("error", firstCause(e));
        }
        return answer;
    }

    private static String firstCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private void answer(JsonNode request, ObjectNode answer) throws Exception {
        String wanted = request.path("do").asText();
        switch (wanted) {
            case "prepare" -> {
                subject = prepare(request);
                answer.setAll((ObjectNode) JSON.valueToTree(subject.description()));
            }
            case "repeat" -> answer.setAll((ObjectNode) JSON.valueToTree(subject.repeat()));
            case "settle" -> subject.settle();
            case "memory" -> answer.put("peak", Memory.peak()).put("resident", Memory.resident());
            case "trim" -> Memory.trim();
            default -> throw new IllegalArgumentException("no request is called " + wanted);
        }
    }

    private static Subject prepare(JsonNode spec) throws Exception {
        return switch (spec.path("work").asText()) {
            case "train" -> new TrainingSubject(spec);
            case "evaluate" -> new EvaluationSubject(spec);
            case "optimize" -> new OptimizerSubject(spec);
            case "tokenise" -> new TokenisingSubject(spec);
            case "kept tokens" -> new KeptTokensSubject(spec);
            case "export" -> new Export(spec);
            default -> throw new IllegalArgumentException("no work is called " + spec.path("work"));
        };
    }
}
