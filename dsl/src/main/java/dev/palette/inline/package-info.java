/**
 * Code that a script defines a sampler, an adapter or a metric by, as it is run: in the script's own process, in workers, when a run is
 * resumed and when its model predicts. It comes from the trial ({@link dev.palette.spec.InlineCode}) wherever that is, and never from the
 * script, so that it computes the same everywhere.
 *
 * <p>{@link dev.palette.inline.GroovyCode} is found by {@link java.util.ServiceLoader}; {@code core} knows nothing of Groovy.
 */
@NullMarked
package dev.palette.inline;

import org.jspecify.annotations.NullMarked;
