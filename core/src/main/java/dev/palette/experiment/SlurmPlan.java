package dev.palette.experiment;

import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What each trial asks of Slurm when {@link RunPlan#SLURM} is the launcher. Everything in a {@code slurm} block; nothing of it changes a number.
 * What is left empty is as the cluster has it by default.
 *
 * @param partition as {@code sbatch --partition} takes it
 * @param account as {@code sbatch --account} takes it
 * @param time that one sitting of a trial may take, as {@code sbatch --time} takes it: {@code 4:00:00}, {@code 1-12} for a day and a half
 * @param gres what it needs beside processors, as {@code sbatch --gres} takes it: {@code gpu:1}
 * @param cpusPerTask processors; 0 for the cluster's default
 * @param memory of the node, as {@code sbatch --mem} takes it: {@code 16G}
 * @param options further words for sbatch, with spaces between them
 * @param setup lines of shell before the trial's program: {@code module load cuda}
 * @param wrapper words before the trial's program, with spaces between them: {@code apptainer exec --nv image.sif}
 * @param atOnce trials at once; 0 for as many as the cluster lets run, and {@link #SEARCHED_AT_ONCE} in a search
 * @param graceSeconds before the time limit, for a checkpoint
 * @param pollSeconds between two looks at the queue
 */
public record SlurmPlan(
        String partition,
        String account,
        String time,
        String gres,
        int cpusPerTask,
        String memory,
        String options,
        String setup,
        String wrapper,
        int atOnce,
        int graceSeconds,
        int pollSeconds) {
    /** How many trials a search runs at once that has not been told; one that ran all at once would learn nothing from the first. */
    public static final int SEARCHED_AT_ONCE = 4;

    private static final int LONGEST_POLL = 60;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern TIME = Pattern.compile("(\\d+-)?\\d+(:\\d{1,2}){0,2}|");
    private static final Pattern MEMORY = Pattern.compile("(\\d+[KMGT]?)?");

    /** Checks the ranges. */
    public SlurmPlan {
        Range.atLeast("cpusPerTask", cpusPerTask, 0);
        Range.atLeast("atOnce", atOnce, 0);
        Range.atLeast("graceSeconds", graceSeconds, 1);
        Range.between("pollSeconds", pollSeconds, 1, LONGEST_POLL);
        requireForm("time", time, TIME, "minutes, 4:00:00 or 1-12:00:00 (days-hours)");
        requireForm("memory", memory, MEMORY, "megabytes, or a number with K, M, G or T: 16G");
    }

    private static void requireForm(String option, String value, Pattern form, String expected) {
        if (!form.matcher(value).matches()) {
            throw new PaletteException("%s is '%s'; expected %s".formatted(option, value, expected));
        }
    }

    /** A plan configured by a block: {@code SlurmPlan.of(s -> s.partition("gpu").gres("gpu:1"))}. */
    public static SlurmPlan of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** The words for sbatch that follow from the plan. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        add(words, "--partition=", partition);
        add(words, "--account=", account);
        add(words, "--time=", time);
        add(words, "--gres=", gres);
        add(words, "--cpus-per-task=", cpusPerTask == 0 ? "" : Integer.toString(cpusPerTask));
        add(words, "--mem=", memory);
        words.addAll(split(options));
        return words;
    }

    /** The words before the trial's program. */
    public List<String> wrapping() {
        return split(wrapper);
    }

    private static void add(List<String> words, String option, String value) {
        if (!value.isBlank()) {
            words.add(option + value.strip());
        }
    }

    private static List<String> split(String words) {
        return SPACE.splitAsStream(words.strip())
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The same plan as a block, to change single options. */
    public Options toBlock() {
        return new Options()
                .partition(partition)
                .account(account)
                .time(time)
                .gres(gres)
                .cpusPerTask(cpusPerTask)
                .memory(memory)
                .options(options)
                .setup(setup)
                .wrapper(wrapper)
                .atOnce(atOnce)
                .graceSeconds(graceSeconds)
                .pollSeconds(pollSeconds);
    }

    /** Options of {@code slurm}. */
    public static final class Options implements Block<SlurmPlan> {
        private String partition = "";
        private String account = "";
        private String time = "";
        private String gres = "";
        private int cpusPerTask;
        private String memory = "";
        private String options = "";
        private String setup = "";
        private String wrapper = "";
        private int atOnce;
        private int graceSeconds = 120;
        private int pollSeconds = 10;

        /** The partition; without it the cluster's usual one. */
        public Options partition(String value) {
            partition = value;
            return this;
        }

        /** The account; without it the user's usual one. */
        public Options account(String value) {
            account = value;
            return this;
        }

        /** What one sitting of a trial may take, {@code '4:00:00'}; after it, it queues again and goes on. Without it the partition's limit. */
        public Options time(String value) {
            time = value;
            return this;
        }

        /** What a trial needs beside processors, {@code 'gpu:1'}; without it nothing. */
        public Options gres(String value) {
            gres = value;
            return this;
        }

        /** Processors of a trial; 0, the default, for as many as the cluster gives. */
        public Options cpusPerTask(int value) {
            cpusPerTask = value;
            return this;
        }

        /** Memory of a trial, {@code '16G'}; without it what the cluster gives. */
        public Options memory(String value) {
            memory = value;
            return this;
        }

        /** Further words for sbatch, {@code '--qos=long --constraint=a100'}. */
        public Options options(String value) {
            options = value;
            return this;
        }

        /** Lines of shell before a trial's program, {@code 'module load java'}. */
        public Options setup(String value) {
            setup = value;
            return this;
        }

        /** Words before a trial's program, {@code 'apptainer exec --nv image.sif'}. */
        public Options wrapper(String value) {
            wrapper = value;
            return this;
        }

        /** Trials at once; 0, the default, for as many as the cluster lets run, in a search 4. */
        public Options atOnce(int value) {
            atOnce = value;
            return this;
        }

        /** Seconds before the time limit in which a trial writes its checkpoint; 120 by default. */
        public Options graceSeconds(int value) {
            graceSeconds = value;
            return this;
        }

        /** Seconds between two looks at the queue, at most 60; 10 by default. */
        public Options pollSeconds(int value) {
            pollSeconds = value;
            return this;
        }

        @Override
        public SlurmPlan build() {
            return new SlurmPlan(
                    partition,
                    account,
                    time,
                    gres,
                    cpusPerTask,
                    memory,
                    options,
                    setup,
                    wrapper,
                    atOnce,
                    graceSeconds,
                    pollSeconds);
        }
    }
}
