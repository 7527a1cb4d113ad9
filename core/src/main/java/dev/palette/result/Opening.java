package dev.palette.result;

import java.util.Optional;

/**
 * A run's folder, ready to be worked in.
 *
 * @param state what is in it
 * @param provenance what the run is made by: that of its first start; device, kernel path and threads are to be taken from here
 * @param setAside why an earlier run of the same trial is no answer any more, and where it lies now; empty when there was none
 */
public record Opening(RunState state, Provenance provenance, Optional<String> setAside) {}
