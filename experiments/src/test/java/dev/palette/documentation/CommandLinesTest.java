package dev.palette.documentation;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.palette.cli.PaletteCommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.MissingParameterException;

/** Every command line in the documentation names a command and options that there are. */
class CommandLinesTest {
    private static final Pattern COMMAND = Pattern.compile("(?:\\$ )?(?:\\./)?palette\\s+(.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandOfAPageIsUnderstood(Page.Code command) {
        String[] words = words(command.text());

        assertThatCode(() -> parse(words)).doesNotThrowAnyException();
    }

    /** What a sentence leaves out, {@code palette show}, may be missing. */
    private static void parse(String... words) {
        try {
            PaletteCommandLine.of(words).parseArgs(words);
        } catch (MissingParameterException e) {
            if (PaletteCommandLine.of(words).getSubcommands().isEmpty()) {
                throw e;
            }
        }
    }

    private static List<Page.Code> commands() {
        List<Page.Code> commands = new ArrayList<>();
        for (Page page : Page.all()) {
            Stream<Page.Code> lines = page.blocks().stream()
                    .filter(block -> List.of("", "console", "sh").contains(block.language()))
                    .flatMap(CommandLinesTest::lines);
            Stream.concat(lines, page.inline().stream()).forEach(code -> {
                var matcher = COMMAND.matcher(code.text());
                if (matcher.matches()) {
                    commands.add(new Page.Code(page, code.line(), "", matcher.group(1)));
                }
            });
        }
        return commands;
    }

    /** A block's lines, each with those that it goes on in. */
    private static Stream<Page.Code> lines(Page.Code block) {
        return block.text()
                .replaceAll("\\\\\\n\\s*", "")
                .lines()
                .map(line -> new Page.Code(block.page(), block.line(), "", line));
    }

    /** As a shell divides it; {@code a|b} stands for either, {@code <run>} for anything, and a pipe, redirection, comment or list of commands ends it. */
    private static String[] words(String text) {
        return WORD.matcher(text.replaceAll("<[^<>]*>", "X").replaceAll("\\s+(?:[|#>]|<<|&&).*|,.*|…|[;:]$", " "))
                .results()
                .map(m -> m.group(1) != null
                        ? m.group(1)
                        : m.group(2) != null ? m.group(2) : m.group(3).replaceAll("(?<=\\w)\\|\\w.*", ""))
                .toArray(String[]::new);
    }
}
