package dev.palette.search;

import dev.palette.experiment.Domain;
import org.apache.commons.rng.UniformRandomProvider;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** A density over the values of one axis, around one of them. */
interface Kernel {
    /** A value. */
    double draw(UniformRandomProvider random);

    /** The logarithm of the density at a value; of whole numbers and alternatives, of the probability. */
    double logDensity(double value);

    /**
     * Alternatives: the centre with most of the probability, all with equal parts of the rest.
     *
     * @param centre the one that is preferred
     * @param count how many there are
     * @param spread the probability that is divided among all, the centre included
     */
    record Categories(int centre, int count, double spread) implements Kernel {
        @Override
        public double draw(UniformRandomProvider random) {
            return random.nextDouble() < spread ? random.nextInt(count) : centre;
        }

        @Override
        public double logDensity(double value) {
            return Math.log(spread / count + (centre == value ? 1 - spread : 0));
        }
    }

    /** Numbers: a normal distribution cut off at the ends of the domain, which is seen as running from 0 to 1. */
    final class Gaussian implements Kernel {
        private static final NormalDistribution STANDARD = new NormalDistribution();

        private final NumberScale scale;
        private final double centre;
        private final double bandwidth;
        private final double below;
        private final double mass;
        private final double logScale;

        /**
         * A normal distribution.
         *
         * @param centre its mode, as a share of the domain
         * @param bandwidth its standard deviation before the ends are cut off, as a share of the domain
         */
        Gaussian(NumberScale scale, double centre, double bandwidth) {
            this.scale = scale;
            this.centre = centre;
            this.bandwidth = bandwidth;
            this.below = below(0);
            this.mass = below(1) - below;
            this.logScale = Math.log(bandwidth * mass);
        }

        @Override
        public double draw(UniformRandomProvider random) {
            double share =
                    centre + bandwidth * STANDARD.inverseCumulativeProbability(below + random.nextDouble() * mass);
            return scale.number(Math.min(1, Math.max(0, share)));
        }

        @Override
        public double logDensity(double value) {
            if (scale.step() > 0) {
                double half = scale.step() / 2;
                double own = below(scale.share(value + half)) - below(scale.share(value - half));
                return Math.log(Math.max(own, Double.MIN_NORMAL) / mass);
            }
            return STANDARD.logDensity((scale.share(value) - centre) / bandwidth) - logScale;
        }

        private double below(double share) {
            return STANDARD.cumulativeProbability((share - centre) / bandwidth);
        }
    }

    /** No value preferred: every alternative or number as likely as the domain says. */
    record Prior(Domain<?> domain) implements Kernel {
        @Override
        public double draw(UniformRandomProvider random) {
            return domain.quantile(random.nextDouble());
        }

        @Override
        public double logDensity(double value) {
            return domain.size().isPresent() ? -Math.log(domain.size().getAsInt()) : 0;
        }
    }
}
