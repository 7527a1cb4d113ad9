/**
 * Trained adapters apart from their encoder, on their way: out of a run into a file ({@link dev.palette.exchange.SavedAdapters}), to and
 * from other libraries' forms ({@link dev.palette.exchange.OtherLibraries}), into the encoder's own weights ({@link
 * dev.palette.exchange.Merge}), and added up ({@link dev.palette.exchange.TaskArithmetic}).
 *
 * <p>The file itself is {@link dev.palette.adapter.AdapterFile}; what starts from it is {@link dev.palette.adapter.Trained}, and what
 * answers with it {@link dev.palette.execution.LoadedModel}.
 */
@NullMarked
package dev.palette.exchange;

import org.jspecify.annotations.NullMarked;
