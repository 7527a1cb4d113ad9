package dev.palette.documentation;

import dev.palette.experiment.Sweep;
import dev.palette.experiment.Vocabulary;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Training;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The script that lines of one stand in: what an experiment must have and the lines don't give is put beside them. A page so can show
 * {@code adapter lhuc()} alone.
 *
 * @param lines a whole script, or what stands between the braces of an experiment
 */
record ScriptAround(String lines) {
    private static final String AXES = """
            def architecture = choice('architecture', shared(), pal { size 204; heads 6 })
            def sampling = choice('sampling', proportional(), squareRoot())
            """;

    private static final Map<String, String> NEEDED = new TreeMap<>(Map.of(
            "encoder", "encoder bertBase.uncased",
            "tasks", "tasks glue.cola, glue.mrpc",
            "adapter", "adapter architecture",
            "sampler", "sampler sampling"));

    /** Where a piece can stand, and the words that it then begins with. */
    private static final Map<String, Set<String>> PLACES = places();

    private static Map<String, Set<String>> places() {
        Vocabulary words = Vocabulary.installed();
        Map<String, Set<String>> places = new LinkedHashMap<>();
        places.put(
                "%s",
                Set.of(
                        "encoder", "layers", "tasks", "adapter", "sampler", "train", "sweep", "results", "run",
                        "dataDir"));
        places.put("adapter %s", words.adapters().keySet());
        places.put("sampler %s", words.samplings().keySet());
        places.put("train { %s }", options(Training.Options.class));
        places.put("train { evaluate { %s } }", options(EvaluationPlan.Options.class));
        places.put("train { evaluate { every 100 } }\nsweep { %s }", options(Sweep.Options.class));
        return places;
    }

    /**
     * A piece of a script that stands in a sentence, such as {@code freeze encoder} or {@code pal { size 12 }}, in the braces that its
     * first word belongs to; nothing where it is no such piece, or leaves something out.
     */
    static Optional<ScriptAround> ofPiece(String code) {
        Matcher first = Pattern.compile("(\\w+)(?: \\S|\\().*").matcher(code);
        if (code.matches(".*(…|palette |=|;$).*") || !first.matches()) {
            return Optional.empty();
        }
        String word = first.group(1);
        Optional<String> lines = PLACES.entrySet().stream()
                .filter(place -> place.getValue().contains(word))
                .map(place -> place.getKey().formatted(code) + "\n")
                .findFirst();
        return lines.map(ScriptAround::new);
    }

    private static Set<String> options(Class<?> block) {
        return Stream.of(block.getMethods())
                .filter(method -> method.getReturnType() == block)
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    String text() {
        if (has("experiment")) {
            return lines;
        }
        StringBuilder script =
                new StringBuilder(AXES).append("experiment('snippet') {\n").append(lines);
        NEEDED.forEach((word, line) -> script.append(has(word) ? "" : line + "\n"));
        return script.append("}\n").toString();
    }

    private boolean has(String word) {
        return Pattern.compile("^" + word + "\\b", Pattern.MULTILINE)
                .matcher(lines)
                .find();
    }
}
