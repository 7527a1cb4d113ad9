package dev.palette.experiments.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The order of rows in a file. */
final class Rows {
    private Rows() {}

    /** The rows of all groups in random order, so that neither twins nor constructions stand together. */
    static <T> List<T> shuffled(List<List<T>> groups, Random random) {
        List<T> rows = new ArrayList<>();
        groups.forEach(rows::addAll);
        Collections.shuffle(rows, random);
        return rows;
    }
}
