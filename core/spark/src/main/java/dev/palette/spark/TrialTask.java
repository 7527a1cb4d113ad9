package dev.palette.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;

/** Works on a trial in an executor: has it done by a process beside it, and passes on what that says. */
final class TrialTask implements Function<String, List<Note>> {
    private static final long serialVersionUID = 1;
    private static final String GPU = "gpu";

    private final ArrayList<String> jars;
    private final ArrayList<String> options;
    private final TreeMap<String, String> environment;
    private final int cpus;
    private final Notes notes;

    /**
     * A task.
     *
     * @param jars the shipped files' names
     * @param options of the trial's JVM
     * @param environment of the trial's processes, on top of the executor's
     */
    TrialTask(List<String> jars, List<String> options, Map<String, String> environment, int cpus, Notes notes) {
        this.jars = new ArrayList<>(jars);
        this.options = new ArrayList<>(options);
        this.environment = new TreeMap<>(environment);
        this.cpus = cpus;
        this.notes = notes;
    }

    /**
     * Does it.
     *
     * @param order {@link dev.palette.launch.NodeOrder#line}
     */
    @Override
    public List<Note> call(String order) throws IOException {
        TaskContext context = TaskContext.get();
        List<String> classPath = jars.stream().map(SparkFiles::get).toList();
        ResourceInformation gpus = context.resourcesJMap().get(GPU);
        Map<String, String> own = new TreeMap<>(environment);
        own.put("CUDA_VISIBLE_DEVICES", gpus == null ? "" : String.join(",", gpus.addresses()));
        NodeCommand command = NodeCommand.of(classPath, options, cpus, own);
        NodeProcess node = IdleNodes.take(command);
        try {
            node.work(order, notes::add, context::isInterrupted);
        } finally {
            IdleNodes.give(command, node);
        }
        context.killTaskIfInterrupted();
        return notes.value();
    }
}
