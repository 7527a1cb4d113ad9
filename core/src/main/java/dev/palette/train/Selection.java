package dev.palette.train;

import dev.palette.spec.PaletteException;

/** The examples that choose the best checkpoint. Reporting is always on dev. */
public sealed interface Selection {
    /** A share of each task's training examples, taken out of training; drawn from the seed. */
    record Holdout(double fraction) implements Selection {
        /** Checks the range. */
        public Holdout {
            if (!(fraction > 0 && fraction < 1)) {
                throw new PaletteException(
                        "holdout is %s, expected a fraction above 0 and below 1".formatted(fraction));
            }
        }
    }

    /** None: the weights after the last step are kept, and every training example is trained on. */
    record Nothing() implements Selection {}

    /** The dev split itself: what is reported was also selected on, and tables say so. */
    record Dev() implements Selection {}
}
