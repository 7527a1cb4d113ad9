package dev.palette.inkotlin

import dev.palette.sampler.TaskSampler
import dev.palette.sampler.TaskSampling
import dev.palette.sampler.TaskSizes
import dev.palette.spec.Block
import dev.palette.spec.Limit
import dev.palette.spec.Limits

/** One task for some steps, then the next. */
@JvmRecord
data class InTurns(@field:Limit(least = 1.0) val length: Int) : TaskSampling {
    init {
        Limits.check(InTurns::class.java, length)
    }

    override fun label() = "turns of $length"

    override fun sampler(tasks: TaskSizes, draws: Long) =
        TaskSampler { draw, _, _ -> (draw / length % tasks.count()).toInt() }

    /** Options of `inTurns`. */
    class Options : Block<InTurns> {
        private var length = 2

        /** Steps of a turn; 2 by default. */
        fun length(value: Int) = apply { length = value }

        override fun build() = InTurns(length)
    }
}
