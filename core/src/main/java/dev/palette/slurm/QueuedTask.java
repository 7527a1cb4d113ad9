package dev.palette.slurm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A task of a job array as {@code squeue} lists it.
 *
 * @param job the array's id
 * @param index of the task
 * @param state {@code PENDING}, {@code RUNNING}, …
 * @param reason why it waits: {@code Priority}, {@code Resources}, …
 * @param node where it runs; empty while it waits
 */
record QueuedTask(String job, int index, String state, String reason, String node) {
    /** What {@code squeue --format} is told. */
    static final String FORMAT = "%F|%K|%T|%r|%N";

    private static final Pattern LINE = Pattern.compile("\\|");
    private static final Pattern INDEX = Pattern.compile("\\d+");
    private static final int FIELDS = 5;

    private static final Set<String> ENDED = Set.of(
            "COMPLETED",
            "FAILED",
            "CANCELLED",
            "TIMEOUT",
            "NODE_FAIL",
            "OUT_OF_MEMORY",
            "BOOT_FAIL",
            "DEADLINE",
            "PREEMPTED",
            "REVOKED");
    private static final Set<String> WAITING =
            Set.of("PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT", "SUSPENDED");

    /** A line of the list; empty where it is no array's. */
    static Optional<QueuedTask> of(String line) {
        List<String> fields = List.of(LINE.split(line, -1));
        return fields.size() == FIELDS && INDEX.matcher(fields.get(1)).matches()
                ? Optional.of(new QueuedTask(
                        fields.get(0), Integer.parseInt(fields.get(1)), fields.get(2), fields.get(3), fields.get(4)))
                : Optional.empty();
    }

    /** How Slurm's commands call it. */
    String name() {
        return job + "_" + index;
    }

    /** Why it waits, for people; empty where there is no reason yet. */
    String why() {
        return reason.isEmpty() || reason.equals("None") ? "" : " (" + reason + ")";
    }

    boolean hasEnded() {
        return ENDED.contains(state);
    }

    boolean isWaiting() {
        return WAITING.contains(state);
    }

    /** Whether it waits for a person, since its node could not start it. */
    boolean isHeldAfterFailure() {
        String words = reason.replace("_", "").replace(" ", "").toLowerCase(Locale.ROOT);
        return isWaiting()
                && (words.contains("launchfailed")
                        || words.contains("requeuedheld")
                        || words.equals("jobholdmaxrequeue"));
    }
}
