/**
 * What a device draws, in joules, where it tells: processors through Linux's power capping interface (RAPL), NVIDIA's GPUs through their
 * driver (NVML). Both count for themselves, so nothing is estimated here: a device that has no counter, or does not let this user read it,
 * gives no figure.
 */
@NullMarked
package dev.palette.energy;

import org.jspecify.annotations.NullMarked;
