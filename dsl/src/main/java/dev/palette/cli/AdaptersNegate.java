package dev.palette.cli;

import dev.palette.exchange.TaskVector;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code palette adapters negate}. */
@Command(
        name = "negate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Turns what a LoRA or IA3 adapter learnt into its opposite, to be taken away from an encoder or added to other adapters."
        },
        footer = {"", "Example: palette adapters negate toxic.safetensors --to detoxified.safetensors"})
final class AdaptersNegate extends SumOfAdapters {
    @Override
    List<TaskVector> weighted(List<TaskVector> given) {
        return given.stream()
                .map(term -> new TaskVector(term.file(), term.task(), -term.weight()))
                .toList();
    }
}
