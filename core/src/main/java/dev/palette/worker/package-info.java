/**
 * Processes that bring one trial each to its result, so that whatever befalls one, a crash of native code, the system's lack of
 * memory, {@code kill -9}, befalls one trial and no other.
 *
 * <p>Parent and worker talk in lines of JSON over the worker's standard input and output: {@link dev.palette.worker.WorkerCommand}s one way,
 * {@link dev.palette.worker.WorkerEvent}s the other ({@link dev.palette.worker.Wire}). Nothing listens on a network. A worker loads its
 * trial's data and weights, says that it is prepared, and trains when it is told to; so the next trial can be made ready while another
 * runs. It says every second that it is alive. When its parent is gone its input ends, and it stops with a checkpoint.
 *
 * <p>{@link dev.palette.worker.WorkerMain} is the worker's side, {@link dev.palette.worker.WorkerProcess} the parent's. What work on a trial
 * means is the business of {@code execution}; which trial runs when and where, and what becomes of one that failed, that of {@code runner}.
 */
@NullMarked
package dev.palette.worker;

import org.jspecify.annotations.NullMarked;
