package dev.palette.inkotlin

import dev.palette.adapter.Declaration
import dev.palette.adapter.Declaration.Start
import dev.palette.adapter.ParallelAdapter
import dev.palette.adapter.ParameterSource
import dev.palette.adapter.Sublayer
import dev.palette.pretrained.BertConfig
import dev.palette.spec.Block
import dev.palette.spec.Limit
import dev.palette.spec.Limits

/** A low-rank layer behind a gate for each hidden unit, which is half open at first: 2 σ(v) ⊙ Wᵁ gelu(Wᴰ h). */
@JvmRecord
data class Gated(@field:Limit(least = 1.0) val size: Int) : ParallelAdapter {
    init {
        Limits.check(Gated::class.java, size)
    }

    override fun label() = "gated($size)"

    override fun parameters(encoder: BertConfig, tasks: List<String>): List<Declaration> =
        tasks.flatMap { task ->
            (0 until encoder.layers()).flatMap { layer ->
                val name = name(task, layer)
                Declaration.linear("$name.down", encoder.hiddenSize(), size, task) +
                    Declaration.linear("$name.up", size, encoder.hiddenSize(), task) +
                    Declaration("$name.gate", listOf(encoder.hiddenSize()), Start.ZERO, task)
            }
        }

    override fun branch(layer: Int, task: String, parameters: ParameterSource): Sublayer {
        val name = name(task, layer)
        val down = parameters.linear("$name.down")
        val up = parameters.linear("$name.up")
        val gate = parameters.get("$name.gate")
        return Sublayer { h, context ->
            context.ops().scoped { ops -> ops.contribution(ops.linear(ops.gelu(ops.linear(h, down)), up), gate) }
        }
    }

    private fun name(task: String, layer: Int) = "adapter.gated.$task.layer.$layer"

    /** Options of `gated`. */
    class Options : Block<Gated> {
        private var size = 4

        /** Width of the small space; 4 by default. */
        fun size(value: Int) = apply { size = value }

        override fun build() = Gated(size)
    }
}
