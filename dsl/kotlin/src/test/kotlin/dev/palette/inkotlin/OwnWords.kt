package dev.palette.inkotlin

import dev.palette.experiment.Plugin

/** Adds the words `gated`, `inTurns` and `intents`. */
class OwnWords : Plugin() {
    override fun configure() {
        adapter("gated", Gated::class.java, Gated::Options)
        sampling("inTurns", InTurns::class.java, InTurns::Options)
        task("intents", Intents::class.java, Intents::Options)
    }
}
