package dev.palette.cli;

import dev.palette.exchange.TaskVector;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code palette adapters add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Adds up what LoRA or IA3 adapters of one encoder learnt, each times a number: as if their updates were added to the weights,",
            "exactly; the rank of a sum of LoRAs is that of all together."
        },
        footer = {
            "",
            "Example: palette adapters add mnli.safetensors=0.5 rte.safetensors --to both.safetensors --task rte"
        })
final class AdaptersAdd extends SumOfAdapters {
    @Override
    List<TaskVector> weighted(List<TaskVector> given) {
        return given;
    }
}
