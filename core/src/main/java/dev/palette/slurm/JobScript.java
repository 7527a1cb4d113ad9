package dev.palette.slurm;

import dev.palette.experiment.SlurmPlan;
import dev.palette.launch.NodeMain;
import dev.palette.worker.JavaCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The script that Slurm runs on a node for each task of an array. It makes sure that the node sees what is needed, starts {@link NodeMain}
 * for the trial of the task's index, and turns Slurm's signals into a wish to stop: SIGTERM, with which Slurm preempts, and SIGUSR1,
 * which it is asked to send some time before the time limit. After the latter it queues itself again.
 */
final class JobScript {
    /** Exit code where the node does not see the same files. */
    static final int NO_FILE = 71;

    /** {@link NodeMain}'s, where time ran out before there was a step. */
    static final int STOPPED_AT_ONCE = 76;

    private static final int HEAP_MEGABYTES = 320;

    private static final String TEXT = """
            #!/bin/bash
            # One trial of Palette. Which it is, stands in the folder of the array's index.
            folder=%1$s/$SLURM_ARRAY_TASK_ID
            start=${SLURM_RESTART_COUNT:-0}
            processors=${SLURM_CPUS_PER_TASK:-${SLURM_CPUS_ON_NODE:-1}}
            for file in "$folder/order.json" %2$s; do
                if [ ! -e "$file" ]; then
                    echo "$(hostname) does not see $file"
                    exit %3$d
                fi
            done
            %4$s
            limit=
            trap 'touch "$folder/stop-$start"; limit=yes' USR1
            trap 'touch "$folder/stop-$start"' TERM
            (trap '' TERM USR1 INT; exec %5$s "$folder" "$start" "$processors" "${SLURM_MEM_PER_NODE:-0}") &
            child=$!
            wait "$child"
            code=$?
            while [ "$code" -gt 128 ] && kill -0 "$child" 2>/dev/null; do # a signal's, and not the child's
                wait "$child"
                code=$?
            done
            if [ -n "$limit" ] && [ "$code" = 75 ]; then # stopped with steps done; it goes on from its checkpoint
                scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
            fi
            exit "$code"
            """;

    private JobScript() {}

    /** The script for a submission's folder. */
    static String text(Path folder, SlurmPlan plan) {
        List<String> needed = new ArrayList<>(JavaCommand.classPath());
        List<String> words = new ArrayList<>(plan.wrapping());
        if (words.isEmpty()) { // else they are looked for inside of what wraps
            needed.add(JavaCommand.java().toString());
        }
        words.addAll(JavaCommand.words(HEAP_MEGABYTES, List.of("-XX:+UseSerialGC"), NodeMain.class));
        return TEXT.formatted(
                quoted(folder.toString()), quoted(needed), NO_FILE, plan.setup().strip(), quoted(words));
    }

    private static String quoted(List<String> words) {
        return words.stream().map(JobScript::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
