package dev.palette.spark;

import dev.palette.experiment.RunPlan;
import dev.palette.experiment.SparkPlan;
import dev.palette.experiment.Trial;
import dev.palette.kernel.Device;
import dev.palette.launch.Launcher;
import dev.palette.launch.NodeOrder;
import dev.palette.launch.Slot;
import dev.palette.launch.WorkerJob;
import dev.palette.result.Cluster;
import dev.palette.spec.PaletteException;
import dev.palette.worker.Ear;
import dev.palette.worker.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Workers as tasks of a Spark application, which lives as long as this process: what was finished is found by its files, not by Spark. */
final class SparkLauncher implements Launcher {
    /** Executors start, and code travels, before a first word is heard. */
    private static final int SECONDS_OF_PATIENCE = 300;

    private final RunPlan plan;
    private final Path experiment;
    private final boolean search;
    private final Consumer<String> notices;
    private final Heartbeats heartbeats = new Heartbeats();
    private final List<SparkTrial> trials = new ArrayList<>();
    private @Nullable Application application;
    private int handedOver;

    /** Once there is a trial. */
    private record Application(JavaSparkContext context, ShippedCode code) {}

    SparkLauncher(RunPlan plan, Path experiment, boolean search, Consumer<String> notices) {
        this.plan = plan;
        this.experiment = experiment;
        this.search = search;
        this.notices = notices;
    }

    @Override
    public String text() {
        SparkPlan asked = plan.spark();
        return "running on Spark, each trial a task with %d %s%s"
                .formatted(
                        asked.cpus(),
                        asked.cpus() == 1 ? "processor" : "processors",
                        asked.gpus() == 0 ? "" : " and %d GPU".formatted(asked.gpus()));
    }

    @Override
    public List<Slot> slots(int trials) {
        int most = plan.spark().atOnce();
        if (most == 0) {
            most = search ? SparkPlan.SEARCHED_AT_ONCE : trials;
        }
        Slot slot = new Slot("spark", Device.CPU, plan.spark().cpus(), plan.replicas(), Map.of());
        return Collections.nCopies(Math.max(1, Math.min(most, trials)), slot);
    }

    @Override
    public boolean loadsAhead() {
        return false;
    }

    @Override
    public int patience() {
        return SECONDS_OF_PATIENCE;
    }

    @Override
    public boolean holds(Trial trial) {
        return false;
    }

    private Application open() {
        if (application == null) {
            SparkConf conf = SparkSettings.of(plan, String.valueOf(experiment.getFileName()));
            ShippedCode code = new ShippedCode();
            JavaSparkContext context = context(conf);
            application = new Application(context, code);
            context.sc().addSparkListener(heartbeats);
            code.ship(context);
            notices.accept("Spark %s runs it as application %s of %s"
                    .formatted(context.version(), context.sc().applicationId(), context.master()));
        }
        return application;
    }

    private static JavaSparkContext context(SparkConf conf) {
        try {
            return new JavaSparkContext(conf);
        } catch (RuntimeException | LinkageError e) {
            throw new PaletteException(
                    "no Spark application can be started at %s: %s; see that the cluster runs and that its Spark is of the same version"
                            .formatted(conf.get("spark.master"), e),
                    e);
        }
    }

    @Override
    public Worker start(WorkerJob job, Slot slot, Ear ear) {
        if (job.order().judged()) {
            throw new PaletteException(
                    "a task of Spark's can't be told that stopEarly ends its trial; run it without stopEarly, or with --launcher local or slurm");
        }
        Application spark = open();
        Notes notes = new Notes();
        spark.context().sc().register(notes, "palette");
        String group = job.trial().id() + "-" + handedOver++;
        TrialTask task = new TrialTask(
                spark.code().names(),
                spark.code().options(),
                spark.code().environment(),
                plan.spark().cpus(),
                notes);
        String order = new NodeOrder(job.order().on(cluster(spark)), job.attempts(), plan).line();
        spark.context().setJobGroup(group, "trial " + job.trial().id(), true);
        JavaFutureAction<List<List<Note>>> action =
                spark.context().parallelize(List.of(order), 1).map(task).collectAsync();
        SparkTrial trial =
                new SparkTrial(group, ear, notes, action, () -> spark.context().cancelJobGroup(group));
        trials.add(trial);
        return trial;
    }

    /** The host is filled in where there is one. */
    private static Cluster cluster(Application spark) {
        JavaSparkContext context = spark.context();
        return new Cluster("Spark " + context.version(), context.sc().applicationId(), "");
    }

    @Override
    public void attend() {
        if (application == null) {
            return;
        }
        heartbeats.forEach(this::hear);
        trials.forEach(SparkTrial::look);
        trials.removeIf(SparkTrial::isOver);
        if (application.context().sc().isStopped() && !trials.isEmpty()) {
            throw new PaletteException(
                    "Spark has ended the application, as it does when it loses its master; run again when the cluster is back: what is finished stays so");
        }
    }

    private void hear(Heartbeats.News news) {
        for (SparkTrial trial : trials) {
            if (news instanceof Heartbeats.News.Started started && trial.group().equals(started.group())) {
                trial.started(started.task());
            } else if (news instanceof Heartbeats.News.Ended ended
                    && trial.group().equals(ended.group())) {
                trial.ended(ended.task());
            } else if (news instanceof Heartbeats.News.Said said && trial.accumulator() == said.accumulator()) {
                trial.said(said.task(), said.notes());
            }
        }
    }

    @Override
    public void close() {
        if (application != null) {
            application.context().close();
            application.code().close();
            application = null;
        }
    }
}
