/**
 * How a run looks to the person who started it: a bar for each trial on a terminal, plain lines elsewhere, and a log file for
 * each run.
 *
 * <p>Progress goes to standard error, so that standard output holds results alone and can be piped. A live bar rewrites its line
 * with a carriage return; where nobody watches (a pipe, a file, a CI log) the same events become whole lines at intervals,
 * without control characters. No colour is used, so {@code NO_COLOR} has nothing to turn off here.
 *
 * <p>What is reported comes from {@code runner} through {@link dev.palette.runner.RunListener}; result tables are made in
 * {@code result}.
 */
@NullMarked
package dev.palette.report;

import org.jspecify.annotations.NullMarked;
