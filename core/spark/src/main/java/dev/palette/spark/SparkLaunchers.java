package dev.palette.spark;

import dev.palette.experiment.RunPlan;
import dev.palette.launch.Launcher;
import dev.palette.launch.LauncherFactory;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes launchers for {@link RunPlan#SPARK}. */
public final class SparkLaunchers implements LauncherFactory {
    @Override
    public String name() {
        return RunPlan.SPARK;
    }

    @Override
    public Launcher open(RunPlan plan, Path experiment, boolean search, Consumer<String> notices) {
        try {
            Class.forName("org.apache.spark.SparkContext", false, SparkLaunchers.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new PaletteException(
                    "Spark's jars are not on the class path; set SPARK_HOME to the folder of a Spark distribution (it holds bin, jars and conf) of the cluster's version, 4.0 or later",
                    e);
        }
        return new SparkLauncher(plan, experiment, search, notices);
    }
}
