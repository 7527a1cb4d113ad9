package dev.palette.dsl;

import dev.palette.spec.Block;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made of an experiment's results.
 *
 * @param table that is printed when it was run
 */
public record Results(ScriptTable table) {
    /** Options of {@code results}. */
    public static final class Options implements Block<Results> {
        private @Nullable ScriptTable table;

        /** The table that is printed when the experiment was run: rows, columns, comparisons. */
        public Options table(ScriptTable value) {
            table = value;
            return this;
        }

        @Override
        public Results build() {
            return new Results(table == null ? new ScriptTable.Options().build() : table);
        }
    }
}
