/**
 * A running sweep as it goes: lines on a terminal, or the report's page from a server that this machine alone can reach.
 *
 * <p>{@link dev.palette.report.watch.WatchServer} serves, {@link dev.palette.report.watch.RequestGuard} says whom,
 * {@link dev.palette.report.watch.WatchText} writes and {@link dev.palette.report.watch.WatchScreen} shows.
 */
@NullMarked
package dev.palette.report.watch;

import org.jspecify.annotations.NullMarked;
