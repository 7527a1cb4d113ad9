package dev.palette.spark;

import dev.palette.experiment.RunPlan;
import dev.palette.experiment.SparkPlan;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.SparkConf;

/** Spark's settings: ours where trials hang on them, else the user's, from system properties and {@code spark-defaults.conf}. */
final class SparkSettings {
    private static final String PREFIX = "spark.";

    private SparkSettings() {}

    /** The settings of an application that runs an experiment. */
    static SparkConf of(RunPlan plan, String experiment) {
        SparkConf conf = new SparkConf(true); // what spark-submit says
        defaults().ifPresent(file -> addAll(conf, file));
        SparkPlan asked = plan.spark();
        if (!asked.master().isBlank()) {
            conf.setMaster(asked.master());
        }
        if (!conf.contains("spark.master")) {
            throw new PaletteException(
                    "no Spark cluster is named; name it with --master spark://host:7077, in the script with run { spark { master '…' } }, or by spark.master in spark-defaults.conf");
        }
        conf.setIfMissing("spark.app.name", "palette " + experiment);
        conf.setIfMissing("spark.ui.enabled", "false"); // a port, which nobody has asked for
        conf.setIfMissing("spark.executor.heartbeatInterval", "1s"); // by which we hear of steps
        conf.set("spark.speculation", "false"); // a trial is not worked on twice
        conf.set("spark.task.maxFailures", "1"); // retries are ours
        conf.set("spark.task.cpus", Integer.toString(asked.cpus()));
        if (asked.gpus() > 0) {
            conf.set("spark.task.resource.gpu.amount", Integer.toString(asked.gpus()));
            conf.setIfMissing("spark.executor.resource.gpu.amount", Integer.toString(asked.gpus()));
        }
        return conf;
    }

    private static Optional<Path> defaults() {
        Optional<Path> folder = variable("SPARK_CONF_DIR").map(Path::of);
        return folder.or(() -> variable("SPARK_HOME").map(home -> Path.of(home, "conf")))
                .map(conf -> conf.resolve("spark-defaults.conf"))
                .filter(Files::isRegularFile);
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static void addAll(SparkConf conf, Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw AtomicFile.cannotRead(file, e);
        }
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .forEach(name ->
                        conf.setIfMissing(name, properties.getProperty(name).strip()));
    }
}
