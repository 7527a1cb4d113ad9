/**
 * How much each task's loss counts where a step has several, or where tasks differ in the size of their losses: one small file a method.
 *
 * <p>A step computes on n batches, each of a task that the sampler drew. With ℓ_b the mean loss of batch b and t(b) its task, the gradient of
 * the step is
 *
 * <pre>(1/n) Σ_b w_t(b) ∇ℓ_b</pre>
 *
 * <p>for weights w that a {@link dev.palette.balance.Balancer} gives; what tasks share may also be combined in another way. All of it is
 * arithmetic on a few numbers: no tensors are here. How gradients are made, summed over replicas and added up is in {@code train}; which
 * tasks a step has is decided in {@code sampler}.
 */
@NullMarked
package dev.palette.balance;

import org.jspecify.annotations.NullMarked;
