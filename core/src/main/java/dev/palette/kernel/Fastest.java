package dev.palette.kernel;

/**
 * What {@link Kernel#measure} found.
 *
 * @param choice the fastest; where nothing was decided, the first candidate
 * @param decisive whether the times were steady enough to tell; not on a busy machine
 */
public record Fastest(KernelChoice choice, boolean decisive) {}
