package dev.palette.energy;

import java.util.OptionalDouble;

/** A device's own count of the energy that it has drawn. */
interface EnergyCounter {
    /** Joules since some moment that stays the same; empty when the device no longer tells. */
    OptionalDouble joules();
}
