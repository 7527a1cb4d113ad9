package dev.palette.kernel;

/** The named operations that models are written in. */
public final class Ops {
    Ops() {}
}
