package dev.palette.search;

import dev.palette.experiment.Domain;

/**
 * Numbers of a domain as shares of it, from 0 to 1; logarithms where those are as likely.
 *
 * @param domain theirs
 * @param low where shares begin; of whole numbers half a step below the lowest
 * @param high where they end; of whole numbers half a step above the highest
 * @param logarithmic whether logarithms are divided
 * @param step between whole numbers; 0 for others
 */
record NumberScale(Domain<?> domain, double low, double high, boolean logarithmic, double step) {
    static NumberScale of(Domain<?> domain) {
        if (domain instanceof Domain.Reals reals) {
            return new NumberScale(domain, reals.low(), reals.high(), reals.logarithmic(), 0);
        } else if (domain instanceof Domain.Integers integers) {
            double half = integers.step() / 2.0;
            double highest = integers.number(integers.size().orElseThrow() - 1);
            return new NumberScale(domain, integers.low() - half, highest + half, false, integers.step());
        }
        throw new IllegalArgumentException("no numbers: " + domain);
    }

    double share(double number) {
        return logarithmic ? Math.log(number / low) / Math.log(high / low) : (number - low) / (high - low);
    }

    double number(double share) {
        return domain.nearest(logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low));
    }
}
