package dev.palette.bench;

import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.Outputs;
import dev.palette.task.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Tokenised examples that all sides read. One a line, tabs between: the label, the number of pieces of the first segment, the ids of
 * all pieces with spaces between. The padding piece has id 0 in every BERT.
 */
final class TokenFile implements Dataset {
    private final List<int[]> ids = new ArrayList<>();
    private final List<Integer> firstSegments = new ArrayList<>();
    private final List<Float> labels = new ArrayList<>();
    private final int[] lengths;

    /** Reads a file. */
    TokenFile(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t", -1);
            labels.add(Float.parseFloat(fields[0]));
            firstSegments.add(Integer.parseInt(fields[1]));
            ids.add(Arrays.stream(fields[2].split(" "))
                    .mapToInt(Integer::parseInt)
                    .toArray());
        }
        lengths = ids.stream().mapToInt(row -> row.length).toArray();
    }

    @Override
    public int[] lengths() {
        return lengths.clone();
    }

    @Override
    public Dataset select(int[] items) {
        throw new UnsupportedOperationException("nothing is held out of examples for timing");
    }

    @Override
    public Batch batch(int[] indices) {
        int width = Arrays.stream(indices).map(i -> lengths[i]).max().orElseThrow();
        long[] inputIds = new long[indices.length * width];
        long[] tokenTypes = new long[indices.length * width];
        int[] own = new int[indices.length];
        float[] targets = new float[indices.length];
        for (int row = 0; row < indices.length; row++) {
            int[] pieces = ids.get(indices[row]);
            own[row] = pieces.length;
            targets[row] = labels.get(indices[row]);
            for (int i = 0; i < pieces.length; i++) {
                inputIds[row * width + i] = pieces[i];
                tokenTypes[row * width + i] = i < firstSegments.get(indices[row]) ? 0 : 1;
            }
        }
        return new Batch(indices.clone(), width, inputIds, tokenTypes, own, targets);
    }

    @Override
    public Scores scores(Outputs outputs) {
        throw new UnsupportedOperationException("examples for timing are not scored");
    }

    @Override
    public Map<String, String> predictions(Outputs outputs) {
        throw new UnsupportedOperationException("examples for timing are not predicted");
    }
}
