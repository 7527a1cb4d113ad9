package dev.palette.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final int cpus;
    private final Notes notes;

    /**
     * A task.
     *
     * @param jars the shipped files' names
     * @param options of the trial's JVM
     */
    TrialTask(List<String> jars, List<String> options, int cpus, Notes notes) {
        this.jars = new ArrayList<>(jars);
        this.options = new ArrayList<>(options);
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
        String visible = gpus == null ? "" : String.join(",", gpus.addresses());
        try (NodeProcess node =
                NodeProcess.start(order, classPath, options, cpus, Map.of("CUDA_VISIBLE_DEVICES", visible))) {
            node.follow(notes::add, context::isInterrupted);
        }
        context.killTaskIfInterrupted();
        return notes.value();
    }
}
