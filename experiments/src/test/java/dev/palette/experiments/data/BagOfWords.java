package dev.palette.experiments.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** A linear model of word counts, trained by stochastic gradient descent: what a task must not be solvable with. */
final class BagOfWords {
    private static final int EPOCHS = 30;
    private static final double RATE = 0.02;

    private final Map<String, Double> weights = new HashMap<>();
    private final DoubleUnaryOperator link;
    private double bias;

    private BagOfWords(DoubleUnaryOperator link) {
        this.link = link;
    }

    /** Logistic regression; {@link #predict} gives the probability of class 1. */
    static BagOfWords classifier(List<Table.Row> rows) {
        return new BagOfWords(z -> 1 / (1 + Math.exp(-z))).train(rows);
    }

    /** Linear regression of the score. */
    static BagOfWords regression(List<Table.Row> rows) {
        return new BagOfWords(DoubleUnaryOperator.identity()).train(rows);
    }

    double predict(Table.Row row) {
        return predict(row.bag());
    }

    private double predict(List<String> bag) {
        return link.applyAsDouble(bag.stream().mapToDouble(this::weight).sum() + bias);
    }

    /** The gradient of both losses (cross-entropy and half the squared error) by the sum is prediction minus target. */
    private BagOfWords train(List<Table.Row> rows) {
        List<List<String>> bags = rows.stream().map(Table.Row::bag).toList();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int i = 0; i < rows.size(); i++) {
                double step = RATE * (predict(bags.get(i)) - rows.get(i).target());
                bags.get(i).forEach(word -> weights.put(word, weight(word) - step));
                bias -= step;
            }
        }
        return this;
    }

    private double weight(String word) {
        return weights.getOrDefault(word, 0.0);
    }
}
