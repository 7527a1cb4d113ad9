/**
 * Which task the next batch comes from: one small file a method.
 *
 * <p>With N_i training examples in task i, the methods of Stickland &amp; Murray (2019, §3.3) draw task i with probability proportional
 * to N_i^α: proportional has α = 1, square root α = 0.5, annealed lets α fall while training; round robin takes the tasks in turn.
 * Others go by what becomes of the tasks while they are trained: they are told in {@link dev.palette.sampler.TaskReport}s, which a
 * checkpoint keeps, and hold no state of their own. What a batch holds is decided in {@code task}, not here.
 */
@NullMarked
package dev.palette.sampler;

import org.jspecify.annotations.NullMarked;
