package dev.palette.spark;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark says of the trials' tasks, kept until the launcher's thread asks. */
final class Heartbeats extends SparkListener {
    private static final String GROUP = "spark.jobGroup.id";

    private final Queue<News> news = new ConcurrentLinkedQueue<>();
    private final Map<Integer, String> groups = new ConcurrentHashMap<>();

    /** Something that Spark said. */
    sealed interface News {
        /**
         * A task was given to an executor.
         *
         * @param group the trial's
         */
        record Started(String group, long task, String host) implements News {}

        /** What a task has said so far. */
        record Said(long accumulator, long task, List<Note> notes) implements News {}

        /** A task is over, however. */
        record Ended(String group, long task) implements News {}
    }

    /** What was said since this was last asked. */
    void forEach(java.util.function.Consumer<News> hearer) {
        for (News each = news.poll(); each != null; each = news.poll()) {
            hearer.accept(each);
        }
    }

    @Override
    public void onJobStart(SparkListenerJobStart event) {
        String group = event.properties().getProperty(GROUP);
        if (group != null) {
            CollectionConverters.asJava(event.stageIds())
                    .forEach(stage -> groups.put(((Number) stage).intValue(), group));
        }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        String group = groups.get(event.stageId());
        if (group != null) {
            news.add(new News.Started(
                    group, event.taskInfo().taskId(), event.taskInfo().host()));
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        String group = groups.get(event.stageId());
        if (group != null && event.taskInfo() != null) {
            news.add(new News.Ended(group, event.taskInfo().taskId()));
        }
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
        CollectionConverters.asJava(event.accumUpdates()).forEach(task -> {
            long id = ((Number) task._1()).longValue();
            CollectionConverters.asJava(task._4()).forEach(update -> {
                if (update.update().isDefined() && update.update().get() instanceof List<?> said) {
                    List<Note> notes = said.stream()
                            .filter(Note.class::isInstance)
                            .map(Note.class::cast)
                            .toList();
                    news.add(new News.Said(update.id(), id, notes));
                }
            });
        });
    }
}
