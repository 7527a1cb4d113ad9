package dev.palette.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every message that the sources have for a user stands in a page of {@code errors}, with what to do about it, and no page has one that is
 * gone. A row is {@code | `message` | what to do |}; the message may be cut off before a semicolon, where its own remedy begins.
 */
class ErrorPagesTest {
    @Test
    void everyMessageHasARowWithItsRemedy() throws IOException {
        Set<String> described = described();

        assertThat(MessageTemplates.inSources().entrySet().stream()
                        .filter(message -> described.stream().noneMatch(row -> describes(row, message.getKey())))
                        .map(message ->
                                "| `" + message.getKey().replace("|", "\\|") + "` | … | from " + message.getValue()))
                .as("messages to be added to a page of src/site/markdown/errors, with what to do about each")
                .isEmpty();
    }

    @Test
    void everyRowIsOfAMessageThatThereIs() throws IOException {
        Set<String> messages = MessageTemplates.inSources().keySet();

        assertThat(described().stream().filter(row -> messages.stream().noneMatch(message -> describes(row, message))))
                .as("rows to be taken out of src/site/markdown/errors, since no source has their message")
                .isEmpty();
    }

    @Test
    void everyRowSaysWhatToDo() {
        assertThat(rows()).allSatisfy(row -> assertThat(row.get(1)).hasSizeGreaterThan(10));
    }

    private static boolean describes(String row, String message) {
        return message.equals(row) || message.startsWith(row + "; ");
    }

    private static Set<String> described() {
        return rows().stream()
                .map(row -> row.get(0).replaceAll("^`|`$", "").replace("\\|", "|"))
                .collect(Collectors.toSet());
    }

    private static List<List<String>> rows() {
        return Page.all().stream()
                .filter(page -> page.file().startsWith(Page.SITE.resolve("errors")))
                .flatMap(page -> page.rows().stream())
                .filter(cells -> cells.size() == 2 && cells.get(0).startsWith("`"))
                .toList();
    }
}
