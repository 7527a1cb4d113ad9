/**
 * What runs of several seeds allow to be said, and what they do not.
 *
 * <p>A figure is the mean over seeds with the sample's standard deviation ({@link dev.palette.statistics.Aggregate}). Two lines of a
 * table differ by chance twice over: other seeds would have given other models, and other examples other scores. The multi-bootstrap
 * (Sellam et al. 2022) draws both anew, many times ({@link dev.palette.statistics.MultiBootstrap}); the same examples are drawn for
 * every run ({@link dev.palette.statistics.ExampleResampling}), since the runs were scored on the same ones. Where predictions were not
 * kept, Student's t compares the seeds alone ({@link dev.palette.statistics.SeedTest}).
 *
 * <p>What comes of either is a {@link dev.palette.statistics.Comparison}: the effect and its interval first, then a p-value, which {@link
 * dev.palette.statistics.Holm} corrects for all comparisons that are printed together. What a search may expect of a budget is another
 * question, {@link dev.palette.statistics.ExpectedBest}.
 *
 * <p>Nothing here knows of files, tasks' names or tables. Distributions and quantiles are Hipparchus's.
 */
@NullMarked
package dev.palette.statistics;

import org.jspecify.annotations.NullMarked;
