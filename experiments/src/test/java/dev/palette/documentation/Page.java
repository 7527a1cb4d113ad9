package dev.palette.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation: the README or one of the site's, as it is written. */
record Page(Path file, String text) {
    /** The checkout. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The site's pages. */
    static final Path SITE = ROOT.resolve("src/site/markdown");

    private static final Pattern FENCED =
            Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern INLINE = Pattern.compile("(?<!`)`([^`\\n]+)`(?!`)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    /**
     * Something in a page that is code.
     *
     * @param line where it begins in the page, from 1
     */
    record Code(Page page, int line, String language, String text) {
        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The README and every page of the site. */
    static List<Page> all() {
        try (Stream<Path> files = Files.walk(SITE)) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            files.filter(f -> f.toString().endsWith(".md")))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every block of code of some language in all pages. */
    static List<Code> blocks(Predicate<String> language) {
        return all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(code -> language.test(code.language()))
                .toList();
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }

    List<Code> blocks() {
        return FENCED.matcher(text)
                .results()
                .map(match -> new Code(this, line(match) + 1, match.group(1), match.group(2)))
                .toList();
    }

    /** What stands between backticks in a line. */
    List<Code> inline() {
        return INLINE.matcher(withoutBlocks())
                .results()
                .map(match -> new Code(this, line(match), "", match.group(1)))
                .toList();
    }

    /** Where it points to, as written. */
    List<String> links() {
        return LINK.matcher(withoutBlocks())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The cells of every row of every table, headings too. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (String line : withoutBlocks().split("\n")) {
            if (line.startsWith("|") && !line.matches("[|:\\s-]+")) {
                String inside = line.strip().replaceAll("^\\||\\|$", "");
                rows.add(Stream.of(inside.split("(?<!\\\\)\\|", -1))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows;
    }

    /** The text with as many empty lines in the place of each block. */
    private String withoutBlocks() {
        return FENCED.matcher(text)
                .replaceAll(match -> "\n".repeat((int)
                        match.group().chars().filter(c -> c == '\n').count()));
    }

    private int line(MatchResult match) {
        return 1
                + (int) text.substring(0, Math.min(match.start(), text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
