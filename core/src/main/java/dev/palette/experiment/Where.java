package dev.palette.experiment;

import dev.palette.spec.Block;
import java.util.Optional;

/**
 * Which variants of a sweep are run.
 *
 * @param parameters how large their models may be; empty for any size
 */
public record Where(Optional<ParameterBudget> parameters) {
    /** All. */
    public static final Where ANY = new Where(Optional.empty());

    /** Options of {@code where}. */
    public static final class Options implements Block<Where> {
        private Optional<ParameterBudget> parameters = Optional.empty();

        /** How large models may be: {@code parameters { near 1.13; within 0.005 }}. */
        public Options parameters(ParameterBudget value) {
            parameters = Optional.of(value);
            return this;
        }

        @Override
        public Where build() {
            return new Where(parameters);
        }
    }
}
