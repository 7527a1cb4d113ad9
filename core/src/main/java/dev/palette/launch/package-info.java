/**
 * Where trials' workers run.
 *
 * <p>A {@link dev.palette.launch.Launcher} starts a worker for a trial, on one of its slots, and has it heard; {@link
 * dev.palette.launch.LocalLauncher} does so in processes on this machine's devices ({@link dev.palette.launch.Devices}). Launchers for
 * clusters lie in packages of their own; what they have in common is here: {@code WorkerFiles}, by which a worker on another machine
 * talks to whoever had it started through a file system that both see, and {@code NodeMain}, the program on that machine.
 *
 * <p>Which trial is started when, what becomes of one that failed, and what people are told is decided in {@code runner}; what a worker
 * is, in {@code worker}. Placement, queues and communication between machines are their engines' business and nobody's here.
 */
@NullMarked
package dev.palette.launch;

import org.jspecify.annotations.NullMarked;
