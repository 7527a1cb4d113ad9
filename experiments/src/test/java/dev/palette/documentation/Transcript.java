package dev.palette.documentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/**
 * A page as what it asks its reader to do: files to write and commands to give, each with its output. A file is a block below a line that
 * ends with its name, {@code `first.groovy`:}. A command is a line of a {@code console} block that begins with {@code $}; what follows it
 * is its output, in which {@code …} alone in a line stands for any lines.
 *
 * <p>Numbers, times and sizes are not compared, nor how wide a column is: they differ from machine to machine. A run's id in the page is
 * taken for the run whose line in an output before was the same.
 */
final class Transcript {
    private static final Pattern FILE =
            Pattern.compile("`([\\w./-]+\\.\\w+)`:\\n\\n```\\w*\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{16}\\b");
    private static final String ANY_LINES = "…";

    private final Page page;
    private final Map<String, String> ids = new LinkedHashMap<>();

    Transcript(Page page) {
        this.page = page;
    }

    /** The files that the page shows, by name. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        FILE.matcher(page.text()).results().forEach(match -> files.put(match.group(1), match.group(2)));
        return files;
    }

    /** Whether the text is a file that a command of the page may read. */
    boolean isRun(String text) {
        return !steps().isEmpty() && files().containsValue(text);
    }

    /** A command of a page and the lines it prints. */
    record Step(String command, List<String> output) {}

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        page.blocks().stream()
                .filter(block -> block.language().equals("console"))
                .flatMap(block -> block.text().lines())
                .forEach(line -> {
                    if (line.startsWith("$ ")) {
                        steps.add(new Step(line.substring(2), new ArrayList<>()));
                    } else {
                        steps.get(steps.size() - 1).output().add(line);
                    }
                });
        return steps;
    }

    /** A command with the ids of this machine's runs. */
    String command(Step step) {
        return ID.matcher(step.command()).replaceAll(id -> ids.getOrDefault(id.group(), id.group()));
    }

    /** Checks what a command printed against the page, and learns the ids in it. */
    void check(SoftAssertions assertions, Step step, List<String> printed) {
        List<String> expected = normal(step.output());
        List<String> actual = normal(printed);
        if (!fits(expected, actual)) {
            assertions.fail("$ %s\n%s\n--- is compared as\n%s\n--- the page has\n%s"
                    .formatted(
                            step.command(),
                            String.join("\n", printed),
                            String.join("\n", actual),
                            String.join("\n", expected)));
        }
        learnIds(step.output(), printed);
    }

    /** A line of the page and the line printed that is the same but for its numbers speak of one run. */
    private void learnIds(List<String> expected, List<String> actual) {
        for (String line : expected) {
            Matcher written = ID.matcher(line);
            if (written.find()) {
                actual.stream()
                        .filter(printed -> normal(printed).equals(normal(line)))
                        .flatMap(printed -> ID.matcher(printed).results())
                        .findFirst()
                        .ifPresent(real -> ids.putIfAbsent(written.group(), real.group()));
            }
        }
    }

    private static boolean fits(List<String> expected, List<String> actual) {
        if (expected.isEmpty()) {
            return actual.isEmpty();
        }
        List<String> rest = expected.subList(1, expected.size());
        if (expected.get(0).equals(ANY_LINES)) {
            for (int from = 0; from <= actual.size(); from++) {
                if (fits(rest, actual.subList(from, actual.size()))) {
                    return true;
                }
            }
            return false;
        }
        return !actual.isEmpty()
                && actual.get(0).equals(expected.get(0))
                && fits(rest, actual.subList(1, actual.size()));
    }

    /** Without what differs between machines, without empty lines, and lines of runs in a row in one order: they come by their ids. */
    private static List<String> normal(List<String> lines) {
        List<String> all = new ArrayList<>();
        List<String> ofRuns = new ArrayList<>();
        for (String line : lines) {
            if (ID.matcher(line).find()) {
                ofRuns.add(normal(line));
            } else {
                ofRuns.stream().sorted().forEach(all::add);
                ofRuns.clear();
                all.add(normal(line));
            }
        }
        ofRuns.stream().sorted().forEach(all::add);
        all.removeIf(String::isEmpty);
        return all;
    }

    private static String normal(String line) {
        return ID.matcher(line)
                .replaceAll("#")
                .replaceAll("\\d[\\d.,:]*(?:e-?\\d+)?\\d*", "#")
                .replaceAll("[−-](?=#)", "")
                .replaceAll("# (?:[kMGT]B|s|min|h|days?)\\b", "#")
                .replaceAll("(?<= |^)–(?= |$)", "#")
                .replaceAll("[─━-]{3,}", "---")
                .replaceAll("#[./ ]*(?=/)", "#")
                .replaceAll("/ *#", "/#")
                .replaceAll("#[.,](?= |$)", "#")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
