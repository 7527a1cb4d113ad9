package dev.palette.slurm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a task left the queue.
 *
 * @param task its name
 * @param state Slurm's word: {@code TIMEOUT}, {@code OUT_OF_MEMORY}, …; empty where nobody remembers
 * @param reason Slurm's, where it has one
 * @param code exit code of the job's script
 * @param signal that ended it, or one of Slurm's own numbers
 * @param node where it ran
 */
record TaskEnd(String task, String state, String reason, int code, int signal, String node) {
    private static final Pattern FIELD = Pattern.compile("(?:^|\\s)(JobState|Reason|ExitCode|NodeList)=(\\S*)");
    private static final Pattern CODES = Pattern.compile("(\\d+):(\\d+)");

    /** Slurm's number for a node that could not open a job's output or enter its folder. */
    private static final int NO_FILE = 53;

    static TaskEnd ofControl(String task, String line) {
        String state = "";
        String reason = "";
        String codes = "";
        String node = "";
        for (Matcher field = FIELD.matcher(line); field.find(); ) {
            switch (field.group(1)) {
                case "JobState" -> state = field.group(2);
                case "Reason" -> reason = field.group(2);
                case "ExitCode" -> codes = field.group(2);
                default -> node = field.group(2);
            }
        }
        return of(task, state, reason, codes, node);
    }

    /**
     * From the accounting.
     *
     * @param lines state, exit code and node with bars between them; empty where there is no accounting
     */
    static TaskEnd ofAccounting(String task, String lines) {
        String[] fields = (lines.lines().findFirst().orElse("") + "|||").split("\\|", -1);
        return of(task, fields[0].strip().split(" ", 2)[0], "", fields[1], fields[2]);
    }

    private static TaskEnd of(String task, String state, String reason, String codes, String node) {
        Matcher both = CODES.matcher(codes);
        boolean known = both.matches();
        return new TaskEnd(
                task,
                state,
                reason,
                known ? Integer.parseInt(both.group(1)) : 0,
                known ? Integer.parseInt(both.group(2)) : 0,
                node.equals("(null)") ? "" : node);
    }

    /** Whether the node lacks files that this machine has, so that no other trial would get on there either. */
    boolean isWithoutFiles() {
        return code == JobScript.NO_FILE || signal == NO_FILE || reason.equals("JobLaunchFailure");
    }

    /** What happened, and what to do about it. */
    String text() {
        return switch (state) {
            case "" -> "it left Slurm's queue, and Slurm does not remember how (%s)".formatted(where());
            case "OUT_OF_MEMORY" ->
                "Slurm ended it for want of memory (%s); ask for more with run.slurm.memory".formatted(where());
            case "TIMEOUT" ->
                "Slurm ended it at its time limit before a checkpoint was written (%s); raise run.slurm.graceSeconds or run.slurm.time"
                        .formatted(where());
            case "NODE_FAIL", "BOOT_FAIL" -> "its node failed (%s)".formatted(where());
            case "PREEMPTED" -> "another job took its place (%s)".formatted(where());
            case "CANCELLED" -> "somebody cancelled its job (%s)".formatted(where());
            default -> failed();
        };
    }

    private String failed() {
        if (code == JobScript.STOPPED_AT_ONCE) {
            return "its time ran out before it had done a step (%s); raise run.slurm.time".formatted(where());
        }
        return "its job ended with %s (%s)".formatted(signal == 0 ? "code " + code : "signal " + signal, where());
    }

    /** For people. */
    String where() {
        return "job " + task + (node.isEmpty() ? "" : " on " + node) + (state.isEmpty() ? "" : ", " + state);
    }
}
