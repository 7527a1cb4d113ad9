package dev.palette.task.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** JSON lines: an object a line. */
final class JsonLinesTable implements Table {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;

    JsonLinesTable(Path file) {
        this.file = file;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String heading() {
        return file + ":1";
    }

    @Override
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        try (TextLines lines = new TextLines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    object(line, lines.place()).fieldNames().forEachRemaining(columns::add);
                    break;
                }
            }
        }
        return columns;
    }

    @Override
    public int read(Consumer<Row> rows) {
        int row = 0;
        try (TextLines lines = new TextLines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    JsonNode object = object(line, lines.place());
                    rows.accept(new Row(row++, lines.place(), object::get));
                }
            }
        }
        return row;
    }

    private static JsonNode object(String line, String place) {
        try {
            JsonNode read = JSON.readTree(line);
            if (!read.isObject()) {
                throw new PaletteException("%s: found a JSON %s, expected an object: one a line, {\"column\": value, …}"
                        .formatted(place, read.getNodeType().name().toLowerCase(java.util.Locale.ROOT)));
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new PaletteException(
                    "%s:%d: not JSON: %s; expected an object on every line"
                            .formatted(
                                    place,
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage().replaceAll(" \\(start marker .*", "")),
                    e);
        }
    }
}
