package dev.palette.words;

import dev.palette.dsl.BlockEntry;
import dev.palette.dsl.Lexicon;
import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderSource;
import dev.palette.spec.PaletteException;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The script of one trial: every option is there, so that neither settings nor other defaults change what it asks, and what its script
 * had defined itself.
 */
public final class TrialScript {
    private static final String INDENT = "    ";

    private final Lexicon lexicon;
    private final String experiment;
    private final Trial trial;
    private final OwnCode code = new OwnCode();
    private final Spelling spelling;

    /**
     * A script in the words of a lexicon.
     *
     * @param experiment its name, which is that of the folder of its runs
     */
    public TrialScript(Lexicon lexicon, String experiment, Trial trial) {
        this.lexicon = lexicon;
        this.experiment = experiment;
        this.trial = trial;
        this.spelling = Spelling.whole(lexicon, code);
    }

    /**
     * The text of the script.
     *
     * @throws PaletteException when something of the trial can't be said in a script
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("encoder " + encoder(trial.encoder()));
        if (trial.layers() > 0) {
            lines.add("layers " + trial.layers());
        }
        lines.addAll(tasks(trial.tasks()));
        lines.add(option("adapter", trial.adapter()));
        lines.add(option("sampler", trial.sampling()));
        lines.addAll(train(trial.training()));
        lines.add("sweep { seeds " + trial.seed() + " }");
        StringBuilder text = new StringBuilder("experiment(%s) {\n".formatted(spelt("name", experiment)));
        lines.forEach(line -> text.append(line.indent(INDENT.length())));
        return code.head() + text.append("}\n");
    }

    /** A definition is the option's value by its own word: {@code adapter('gated') { … }}. */
    private String option(String option, Object value) {
        String text = spelt(option, value);
        return text.startsWith(option + "(") ? text : option + " " + text;
    }

    private String encoder(EncoderSource source) {
        return source instanceof EncoderSource.Directory directory
                ? spelt("encoder", directory.path())
                : spelt("encoder", source);
    }

    private List<String> tasks(List<Task> tasks) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            String comma = i + 1 < tasks.size() ? "," : "";
            lines.add((i == 0 ? "tasks " : "      ") + spelt("tasks", tasks.get(i)) + comma);
        }
        return lines;
    }

    private List<String> train(Training training) {
        List<String> lines = new ArrayList<>(List.of("train {"));
        spelling.lines(training, block(Training.class)).forEach(line -> lines.add(INDENT + line));
        lines.add("}");
        return lines;
    }

    private BlockEntry block(Class<?> type) {
        return lexicon.blocks().stream()
                .filter(block -> block.type() == type)
                .findFirst()
                .orElseThrow();
    }

    private String spelt(String option, Object value) {
        Optional<String> text = spelling.of(value);
        return text.orElseThrow(() -> new PaletteException(
                "%s is %s, which no script can say: it was asked for by a command of the original's, or by a program; give that command, or that program, again"
                        .formatted(option, value)));
    }
}
