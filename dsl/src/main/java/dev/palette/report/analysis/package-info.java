/**
 * What a report says of some runs, as figures: curves with bands, what the sampler drew, the Pareto front, the importance of settings,
 * examples that were got wrong, time and devices. Read from the runs' files alone; nothing here knows of pages or terminals.
 *
 * <p>{@link dev.palette.report.analysis.FollowedRuns} reads, {@link dev.palette.report.analysis.Variants} groups, and each of the other
 * classes answers one question of the result.
 */
@NullMarked
package dev.palette.report.analysis;

import org.jspecify.annotations.NullMarked;
