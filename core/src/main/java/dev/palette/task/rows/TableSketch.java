package dev.palette.task.rows;

import blue.strategic.parquet.ParquetWriter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Files that have columns and say nothing: for whoever wants a script read without the data it is about. */
public final class TableSketch {
    private TableSketch() {}

    /**
     * Writes a file that {@link Table#columns} finds these columns in.
     *
     * @throws IOException when it cannot be written
     */
    public static void write(TableFormat format, Path file, List<String> columns) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        switch (format) {
            case TSV -> Files.writeString(file, String.join("\t", columns) + "\n");
            case CSV -> Files.writeString(file, CSVFormat.RFC4180.format(columns.toArray()) + "\r\n");
            case JSON_LINES -> Files.writeString(file, object(columns) + "\n");
            case CONLL -> Files.writeString(file, "O ".repeat(last(columns)) + "\n");
            case PARQUET -> parquet(file, columns);
        }
    }

    private static String object(List<String> columns) {
        ObjectNode object = new ObjectMapper().createObjectNode();
        columns.forEach(object::putNull);
        return object.toString();
    }

    /** The columns of such files are numbers. */
    private static int last(List<String> columns) {
        return columns.stream().mapToInt(Integer::parseInt).max().orElse(0);
    }

    private static void parquet(Path file, List<String> columns) throws IOException {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        columns.forEach(column -> schema.optional(PrimitiveTypeName.BINARY).named(column));
        MessageType type = schema.named("sketch");
        ParquetWriter.<Void>writeFile(type, file.toFile(), (record, values) -> {})
                .close();
    }
}
