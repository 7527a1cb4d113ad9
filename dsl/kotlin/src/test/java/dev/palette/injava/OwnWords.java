package dev.palette.injava;

import dev.palette.experiment.Plugin;

/** Adds the words {@code gated}, {@code inTurns} and {@code intents}. */
public final class OwnWords extends Plugin {
    @Override
    protected void configure() {
        adapter("gated", Gated.class, Gated.Options::new);
        sampling("inTurns", InTurns.class, InTurns.Options::new);
        task("intents", Intents.class, Intents.Options::new);
    }
}
