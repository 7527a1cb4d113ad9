package dev.palette.spark;

import java.io.Serializable;

/**
 * A line that a trial's program said.
 *
 * @param number counted from 0 in each start of it
 * @param line as {@link dev.palette.worker.Wire} writes it
 */
record Note(long number, String line) implements Serializable {}
