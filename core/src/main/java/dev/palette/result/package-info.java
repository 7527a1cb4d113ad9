/**
 * What runs leave on disk, and what tables make of it.
 *
 * <p>A run is the execution of one trial, and its folder is all there is of it: no data base, no process that remembers. The
 * folder's name is the trial's id, so the question "was this done already?" needs no index ({@link
 * dev.palette.result.RunDirectory}). A result is an answer only as long as its question stays the same, so each run writes
 * down by what it was made ({@link dev.palette.result.Provenance}); when data, weights or numerics have changed since, it is
 * set aside and not used. Its files may have been damaged by a disk or made by a stranger, and a wrong number is worse than none:
 * {@code RunFiles} takes nothing for whole that is not as it was written.
 *
 * <p>What there is of runs is listed ({@link dev.palette.result.RunListing}), explained ({@link dev.palette.result.Explainer}),
 * tidied up ({@link dev.palette.result.Cleanup}), and what it is going to take of the disk is estimated before ({@link
 * dev.palette.result.SweepDisk}).
 *
 * <p>One run proves little: fine-tuning on a small task varies by several points from seed to seed (Dodge et al., arXiv
 * 2002.06305). So runs are read as a set ({@link dev.palette.result.RunSet}), of which {@code table} makes means over seeds and
 * {@code statistics} says what they prove, beside the figures of the model that looks at no text. Values are fractions everywhere; only
 * what is printed for people is × 100.
 *
 * <p>Who runs the trials is decided in {@code runner}; how a metric is computed, in {@code task}.
 */
@NullMarked
package dev.palette.result;

import org.jspecify.annotations.NullMarked;
