package org.example;

import dev.palette.experiment.Plugin;

/** Adds the word {@code bias}. */
public final class BiasPlugin extends Plugin {
    @Override
    protected void configure() {
        adapter("bias", Bias.class, Bias.Options::new);
    }
}
