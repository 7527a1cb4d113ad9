package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.result.MetricsFile.Position;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFileTest {
    private static final String STEP = """
            {"step":1,"task":"cola","loss":0.75,"tokens":181,"seconds":1.5}
            """;
    private static final String EVALUATION = """
            {"step":2,"selection":{"cola":{"matthews":0.25},"mrpc":{"accuracy":0.5,"f1":0.75}},"average":0.4375,"best":true}
            """;

    @TempDir
    private Path run;

    @Test
    void aStepHasItsLossItsWordPiecesAndItsSeconds() throws IOException {
        write(STEP);
        assertThat(metrics().points())
                .containsExactly(
                        new MetricPoint("train", "cola.loss", "cola", 1, 0.75, 1.5),
                        new MetricPoint("train", "tokens", "cola", 1, 181, 1.5),
                        new MetricPoint("train", "seconds", "cola", 1, 1.5, 1.5));
    }

    @Test
    void anEvaluationHasEveryMetricAndEveryAverage() throws IOException {
        write(STEP + EVALUATION);
        assertThat(metrics().points())
                .filteredOn(point -> point.part().equals(MetricPoint.SELECTION))
                .containsExactly(
                        new MetricPoint("selection", "cola.matthews", "cola", 2, 0.25, 1.5),
                        new MetricPoint("selection", "mrpc.accuracy", "mrpc", 2, 0.5, 1.5),
                        new MetricPoint("selection", "mrpc.f1", "mrpc", 2, 0.75, 1.5),
                        new MetricPoint("selection", "average.glue", null, 2, 0.4375, 1.5),
                        new MetricPoint("selection", "average.paper", null, 2, 0.5, 1.5),
                        new MetricPoint("selection", "average.original", null, 2, 0.375, 1.5));
    }

    @Test
    void mnlisTwoDevSetsAreOneTaskOfTheGlueAverage() throws IOException {
        write("""
                {"step":2,"selection":{"mnli":{"accuracy":0.5},"mnli-mm":{"accuracy":0.7},"rte":{"accuracy":0.8}}}
                """);
        assertThat(metrics().points())
                .filteredOn(point -> point.name().equals("average.glue"))
                .singleElement()
                .satisfies(point -> assertThat(point.value()).isEqualTo(0.7, within(1e-12)));
    }

    @Test
    void numbersThatJsonHasNoDigitsForAreReadAsTheyAreWritten() throws IOException {
        write("""
                {"step":3,"task":"cola","loss":"NaN","tokens":181,"seconds":1.5}
                {"step":4,"task":"cola","loss":"-Infinity","tokens":181,"seconds":1.5}
                """);
        assertThat(metrics().points())
                .filteredOn(point -> point.name().equals("cola.loss"))
                .extracting(MetricPoint::value)
                .containsExactly(Double.NaN, Double.NEGATIVE_INFINITY);
    }

    @Test
    void aRunThatHasLoggedNothingHasNoPoints() {
        assertThat(metrics().points()).isEmpty();
        assertThat(metrics().read(Position.START, 1, point -> {})).contains(Position.START);
    }

    @Test
    void aLineThatIsBeingWrittenIsReadWhenItIsWhole() throws IOException {
        String begun = STEP.substring(0, 30);
        write(STEP + begun);
        List<MetricPoint> points = new ArrayList<>();

        Position reached = read(Position.START, points);
        assertThat(points).hasSize(3);

        append(STEP.substring(30));
        assertThat(read(reached, points).elapsed()).isEqualTo(3);
        assertThat(points)
                .hasSize(6)
                .last()
                .satisfies(point -> assertThat(point.elapsed()).isEqualTo(3));
    }

    @Test
    void gigabytesWithoutALineAreNotRead() throws IOException {
        write(STEP);
        try (RandomAccessFile sparse =
                new RandomAccessFile(run.resolve("metrics.jsonl").toFile(), "rw")) {
            sparse.setLength(10_000_000_000L);
        }
        assertThat(metrics().points()).hasSize(3);
    }

    @Test
    void noMoreLinesAreReadThanAskedFor() throws IOException {
        write(STEP + STEP + EVALUATION);
        List<MetricPoint> points = new ArrayList<>();

        Position first = metrics().read(Position.START, 1, points::add).orElseThrow();

        assertThat(points).hasSize(3);
        assertThat(first.offset()).isEqualTo(STEP.length());
    }

    @Test
    void whereNothingIsNewThePlaceStaysTheSame() throws IOException {
        write(STEP);
        Position end = read(Position.START, new ArrayList<>());
        assertThat(metrics().read(end, 10, point -> {})).containsSame(end);
    }

    @Test
    void aFileThatHoldsOtherLinesNowCannotBeContinued() throws IOException {
        write(STEP + STEP);
        Position end = read(Position.START, new ArrayList<>());

        write(STEP);
        assertThat(metrics().read(end, 10, point -> {})).as("cut").isEmpty();
        write(STEP + STEP.replace("0.75", "0.50") + STEP);
        assertThat(metrics().read(end, 10, point -> {})).as("trained again").isEmpty();
        Files.delete(run.resolve("metrics.jsonl"));
        assertThat(metrics().read(end, 10, point -> {})).as("gone").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{\"step\":1}",
                "{\"step\":1,\"loss\":1}",
                "{\"step\":1,\"task\":\"cola\",\"loss\":null}",
                "{\"step\":1,\"task\":\"cola\",\"loss\":\"much\"}",
                "{\"step\":1,\"selection\":[]}",
                "{\"step\":1,\"task\":\"cola\",\"loss\":1}{}",
                "\0\0\0\0",
                ""
            })
    void aLineOfAnotherKindIsNamed(String line) throws IOException {
        write(STEP + line + "\n" + STEP);
        List<MetricPoint> points = new ArrayList<>();

        assertThatThrownBy(() -> metrics().forEach(points::add))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(run.resolve("metrics.jsonl") + ":2: found '")
                .hasMessageEndingWith("remove this line and those after it");
        assertThat(points).as("what stands before it").hasSize(3);
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(run.resolve("elsewhere"), STEP);
        Files.createSymbolicLink(run.resolve("metrics.jsonl"), elsewhere);

        assertThatThrownBy(() -> metrics().points())
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("metrics.jsonl");
    }

    @Property(tries = 30)
    void theSamePointsComeInWhateverPartsTheyAreRead(
            @ForAll @IntRange(min = 0, max = 900) int lines, @ForAll @IntRange(min = 1, max = 400) int part)
            throws IOException {
        Path folder = Files.createTempDirectory("metrics");
        Path file = folder.resolve("metrics.jsonl");
        Files.write(
                file,
                LongStream.rangeClosed(1, lines)
                        .mapToObj(step -> step % 7 == 0
                                ? EVALUATION.strip().replace("\"step\":2", "\"step\":" + step)
                                : "{\"step\":%d,\"task\":\"task%d\",\"loss\":%s,\"tokens\":9,\"seconds\":0.5}"
                                        .formatted(step, step % 3, 1.0 / step))
                        .toList());
        MetricsFile metrics = MetricsFile.of(folder);
        List<MetricPoint> inParts = new ArrayList<>();

        Position place = Position.START;
        for (Position before = null; !place.equals(before); ) {
            before = place;
            place = metrics.read(place, part, inParts::add).orElseThrow();
        }

        assertThat(inParts).isEqualTo(metrics.points());
        assertThat(place.offset()).isEqualTo(Files.size(file));
        Files.delete(file);
        Files.delete(folder);
    }

    private Position read(Position from, List<MetricPoint> points) {
        Optional<Position> reached = metrics().read(from, Integer.MAX_VALUE, points::add);
        return reached.orElseThrow();
    }

    private MetricsFile metrics() {
        return MetricsFile.of(run);
    }

    private void write(String text) throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), text);
    }

    private void append(String text) throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), text, StandardOpenOption.APPEND);
    }
}
