package dev.palette.launch;

import dev.palette.experiment.RunPlan;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Makes launchers of a kind that needs libraries that most people do without; found by {@link ServiceLoader} where its jar is. */
public interface LauncherFactory {
    /** What {@code run.launcher} calls it. */
    String name();

    /**
     * A launcher.
     *
     * @param experiment the folder of the experiment's runs
     * @param search whether which trials there are hangs on the scores of others
     * @param notices hears how the cluster does
     * @throws PaletteException when it lacks something
     */
    Launcher open(RunPlan plan, Path experiment, boolean search, Consumer<String> notices);

    /**
     * The factory of a plan's launcher.
     *
     * @throws PaletteException when it is not on the class path
     */
    static LauncherFactory of(RunPlan plan) {
        return ServiceLoader.load(LauncherFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(plan.launcher()))
                .findFirst()
                .orElseThrow(() -> new PaletteException(
                        "run.launcher is '%s', whose part of Palette is not on the class path; ./palette puts it there when it is named on the command line: --launcher %s"
                                .formatted(plan.launcher(), plan.launcher())));
    }
}
