package dev.palette.task.rows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Apache Parquet by Apache's own reader, which is an optional dependency: who reads no such file needs none of it. The places of its
 * rows are counted from 1, as those of lines are.
 */
final class ParquetTable implements Table {
    private final Path file;

    ParquetTable(Path file) {
        this.file = file;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String heading() {
        return file.toString();
    }

    @Override
    public List<String> columns() {
        return opened(
                reader -> schema(reader).getFields().stream().map(Type::getName).toList());
    }

    @Override
    public int read(Consumer<Row> rows) {
        return opened(reader -> {
            MessageType schema = schema(reader);
            MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
            int row = 0;
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = columns.getRecordReader(pages, new GroupRecordConverter(schema));
                for (long left = pages.getRowCount(); left > 0; left--) {
                    JsonNode record = ParquetValues.object(records.read());
                    rows.accept(new Row(row, "%s row %d".formatted(file, row + 1), record::get));
                    row++;
                }
            }
            return row;
        });
    }

    private interface Reading<T> {
        T of(ParquetFileReader reader) throws IOException;
    }

    private <T> T opened(Reading<T> reading) {
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(file),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new ParquetCodecs())
                        .build())) {
            return reading.of(reader);
        } catch (NoClassDefFoundError e) {
            throw new PaletteException(
                    "%s: no reader of Parquet is on the class path (%s); add blue.strategic.parquet:parquet-floor, or convert the file to CSV or JSON lines"
                            .formatted(file, e.getMessage()),
                    e);
        } catch (PaletteException e) {
            throw e; // of a row, by whoever reads it
        } catch (IOException | RuntimeException e) { // the library tells damage by either
            throw new PaletteException(
                    "cannot read %s: %s; it must be a file of Apache Parquet".formatted(file, e.getMessage()), e);
        }
    }

    private static MessageType schema(ParquetFileReader reader) {
        return reader.getFooter().getFileMetaData().getSchema();
    }
}
