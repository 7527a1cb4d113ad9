/**
 * Which task the next batch comes from (Stickland &amp; Murray 2019, §3.3): one small file a method.
 *
 * <p>With N_i training examples in task i, a method draws task i with probability proportional to N_i^α: proportional has α = 1,
 * square root α = 0.5, annealed lets α fall while training; round robin takes the tasks in turn. What a batch holds is decided
 * in {@code task}, not here.
 */
@NullMarked
package dev.palette.sampler;

import org.jspecify.annotations.NullMarked;
