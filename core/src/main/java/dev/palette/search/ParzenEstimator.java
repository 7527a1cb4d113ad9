package dev.palette.search;

import dev.palette.experiment.Axis;
import dev.palette.experiment.Dimensions;
import dev.palette.experiment.Domain;
import dev.palette.experiment.Point;
import dev.palette.experiment.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A density over points: a mixture of a kernel around each of some points and one for the prior, in equal parts. A point's kernel is a
 * product over axes; where the point has no value for an axis, since another alternative was chosen, the prior stands in. So one
 * mixture covers spaces in which some options hang on others.
 *
 * <p>Each number's bandwidth is the greater of the distances to its neighbours among the points (Bergstra et al. 2011, §4.2), but no
 * less than what so many points can tell apart.
 */
final class ParzenEstimator {
    private static final double MOST_POINTS_APART = 100;

    private final Dimensions dimensions;
    private final List<Map<String, Kernel>> components = new ArrayList<>();
    private final Map<String, Kernel> priors = new HashMap<>();

    /**
     * The density of some points.
     *
     * @param points may be none, for the prior alone
     */
    ParzenEstimator(Dimensions dimensions, List<Point> points) {
        this.dimensions = dimensions;
        points.forEach(point -> components.add(new HashMap<>()));
        components.add(new HashMap<>()); // the prior
        for (Axis<?> axis : dimensions.axes()) {
            String key = dimensions.key(axis);
            priors.put(key, new Kernel.Prior(axis.domain()));
            double[] values = points.stream()
                    .map(point -> point.numbers().get(key))
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            for (int i = 0; i < points.size(); i++) {
                Double value = points.get(i).numbers().get(key);
                if (value != null) {
                    components.get(i).put(key, around(value, axis.domain(), values));
                }
            }
        }
    }

    private static Kernel around(double value, Domain<?> domain, double[] values) {
        if (domain instanceof Domain.Alternatives<?> alternatives) {
            int count = alternatives.values().size();
            double spread = count / (values.length / 2.0 + 1 + count); // a poor score may be due to the other axes
            return new Kernel.Categories((int) value, count, spread);
        }
        NumberScale scale = NumberScale.of(domain);
        double[] shares = Arrays.stream(values).map(scale::share).sorted().toArray();
        double least = 1 / Math.min(MOST_POINTS_APART, values.length + 2.0);
        double share = scale.share(value);
        return new Kernel.Gaussian(scale, share, Math.max(least, toNeighbours(share, shares)));
    }

    /** The greater distance to the next value on either side; at the end of the row to its only neighbour, else the whole domain. */
    private static double toNeighbours(double share, double[] sorted) {
        int first = Arrays.binarySearch(sorted, share);
        double left = first > 0 ? share - sorted[first - 1] : Double.NaN;
        double right = first + 1 < sorted.length ? sorted[first + 1] - share : Double.NaN;
        if (Double.isNaN(left)) {
            return Double.isNaN(right) ? Math.max(share, 1 - share) : right;
        }
        return Double.isNaN(right) ? left : Math.max(left, right);
    }

    /** Answers that are drawn from it: from one of its components, all axes from the same. */
    Space.Choices draw(UniformRandomProvider random) {
        Map<String, Kernel> component = components.get(random.nextInt(components.size()));
        return axis -> kernel(component, dimensions.key(axis)).draw(random);
    }

    /** The logarithm of the density at a point. */
    double logDensity(Point point) {
        double[] logs = components.stream()
                .mapToDouble(component -> logDensity(component, point))
                .toArray();
        double largest = Arrays.stream(logs).max().orElseThrow();
        double sum = Arrays.stream(logs).map(log -> Math.exp(log - largest)).sum();
        return largest + Math.log(sum / logs.length);
    }

    private double logDensity(Map<String, Kernel> component, Point point) {
        double log = 0;
        for (Map.Entry<String, Double> number : point.numbers().entrySet()) {
            log += kernel(component, number.getKey()).logDensity(number.getValue());
        }
        return log;
    }

    private Kernel kernel(Map<String, Kernel> component, String key) {
        return component.getOrDefault(key, Objects.requireNonNull(priors.get(key), key));
    }
}
