package dev.palette.cli;

import dev.palette.exchange.TaskArithmetic;
import dev.palette.exchange.TaskVector;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code palette adapters average}. */
@Command(
        name = "average",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Averages adapters of one description, or of one method where it is LoRA or IA3: the weights count in proportion to their sum.",
            "Heads of the same task are averaged with them."
        },
        footer = {
            "",
            "Example: palette adapters average seed1.safetensors seed2.safetensors seed3.safetensors --to mean.safetensors"
        })
final class AdaptersAverage extends SumOfAdapters {
    @Override
    List<TaskVector> weighted(List<TaskVector> given) {
        return TaskArithmetic.mean(given);
    }
}
