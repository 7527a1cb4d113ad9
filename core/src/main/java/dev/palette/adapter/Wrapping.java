package dev.palette.adapter;

/** A method around another, whose parameters are among its own. */
interface Wrapping {
    /** The other. */
    Adapter of();
}
