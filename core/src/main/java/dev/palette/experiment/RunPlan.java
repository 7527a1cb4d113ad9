package dev.palette.experiment;

import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.Range;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a sweep's trials are brought to their end: on which devices, how many at once, and what becomes of one that fails. Everything
 * in a {@code run} block; nothing of it changes a number.
 *
 * @param launcher who starts them: {@link #LOCAL}, {@link #SLURM} or {@link #SPARK}
 * @param slurm what each asks of Slurm, if that is where
 * @param spark the same of Spark
 * @param devices with commas between them: {@code cuda:0}, {@code cpu}, {@code cpu*2} (two trials at once that share the processors);
 *     {@code auto} takes every GPU there is, else the processors
 * @param slots trials at once on each GPU
 * @param replicas devices that share one trial: each batch is divided between them, and their gradients are averaged; on {@code cpu}
 *     they share the processors
 * @param order which trials come first
 * @param retries how often a trial is tried again whose process ended unexpectedly
 * @param keepGoing whether the other trials go on when one has failed
 * @param timeLimitMinutes what one trial may take in one sitting; 0 for any time
 * @param heapMegabytes the most that a worker's Java objects may take: text and tables, no tensors
 * @param memoryMegabytes the most that a worker may take in all; 0 for its share of nine tenths of the machine's memory
 * @param inProcess whether trials run one after the other in this process, to look at one with a debugger
 */
public record RunPlan(
        String launcher,
        SlurmPlan slurm,
        SparkPlan spark,
        String devices,
        int slots,
        int replicas,
        TrialOrdering order,
        int retries,
        boolean keepGoing,
        double timeLimitMinutes,
        int heapMegabytes,
        int memoryMegabytes,
        boolean inProcess) {
    /** The launcher that starts trials on this machine's devices. */
    public static final String LOCAL = "local";

    /** The launcher that hands trials to a Slurm cluster whose nodes see the same files. */
    public static final String SLURM = "slurm";

    /** The launcher that hands trials to a Spark cluster whose machines see the same files. */
    public static final String SPARK = "spark";

    private static final List<String> LAUNCHERS = List.of(LOCAL, SLURM, SPARK);

    /** Devices as they are found. */
    public static final String AUTO = "auto";

    /** Checks the ranges. */
    public RunPlan {
        if (!LAUNCHERS.contains(launcher)) {
            throw NearestWord.unknown("launcher", launcher, LAUNCHERS);
        }
        Range.atLeast("slots", slots, 1);
        Range.atLeast("replicas", replicas, 1);
        Range.atLeast("retries", retries, 0);
        Range.atLeast("heapMegabytes", heapMegabytes, 128);
        Range.atLeast("memoryMegabytes", memoryMegabytes, 0);
        Range.between("timeLimitMinutes", timeLimitMinutes, 0, Double.MAX_VALUE);
    }

    /** A plan configured by a block: {@code RunPlan.of(r -> r.devices("cpu"))}. */
    public static RunPlan of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** The same plan as a block, to change single options. */
    public Options toBlock() {
        return new Options()
                .launcher(launcher)
                .slurm(slurm)
                .spark(spark)
                .devices(devices)
                .slots(slots)
                .replicas(replicas)
                .order(order)
                .retries(retries)
                .keepGoing(keepGoing)
                .timeLimitMinutes(timeLimitMinutes)
                .heapMegabytes(heapMegabytes)
                .memoryMegabytes(memoryMegabytes)
                .inProcess(inProcess);
    }

    /** Options of {@code run}. */
    public static final class Options implements Block<RunPlan> {
        private String launcher = LOCAL;
        private SlurmPlan slurm = new SlurmPlan.Options().build();
        private SparkPlan spark = new SparkPlan.Options().build();
        private String devices = AUTO;
        private int slots = 1;
        private int replicas = 1;
        private TrialOrdering order = TrialOrdering.BY_SEED;
        private int retries = 2;
        private boolean keepGoing = true;
        private double timeLimitMinutes;
        private int heapMegabytes = 1_024;
        private int memoryMegabytes;
        private boolean inProcess;

        /** Where trials run: {@code 'local'}, the default, on this machine; {@code 'slurm'}, as job arrays of a Slurm cluster; {@code 'spark'}, as tasks of a Spark cluster. */
        public Options launcher(String value) {
            launcher = value;
            return this;
        }

        /** What each trial asks of Slurm; with other launchers of no effect. */
        public Options slurm(SlurmPlan value) {
            slurm = value;
            return this;
        }

        /** What each trial asks of Spark; with other launchers of no effect. */
        public Options spark(SparkPlan value) {
            spark = value;
            return this;
        }

        /** On which devices: {@code cuda:0,cuda:1}, {@code cpu}, {@code cpu*2}; {@code auto} by default. */
        public Options devices(String value) {
            devices = value;
            return this;
        }

        /** Trials at once on each GPU; 1 by default. */
        public Options slots(int value) {
            slots = value;
            return this;
        }

        /** Devices that share one trial, each batch divided between them; 1 by default, but a lone trial takes all GPUs. */
        public Options replicas(int value) {
            replicas = value;
            return this;
        }

        /** Which trials come first; {@code bySeed} by default. */
        public Options order(TrialOrdering value) {
            order = value;
            return this;
        }

        /** How often a trial is tried again whose process ended unexpectedly; 2 by default. */
        public Options retries(int value) {
            retries = value;
            return this;
        }

        /** Whether the other trials go on when one has failed; true by default. */
        public Options keepGoing(boolean value) {
            keepGoing = value;
            return this;
        }

        /** Minutes that one trial may take in one sitting; 0, the default, for any time. */
        public Options timeLimitMinutes(double value) {
            timeLimitMinutes = value;
            return this;
        }

        /** The most that a worker's Java objects may take, in megabytes; 1,024 by default. */
        public Options heapMegabytes(int value) {
            heapMegabytes = value;
            return this;
        }

        /** The most that a worker may take in all, in megabytes; by default its share of nine tenths of the machine's memory. */
        public Options memoryMegabytes(int value) {
            memoryMegabytes = value;
            return this;
        }

        /** Whether trials run one after the other in this process, to look at one with a debugger; false by default. */
        public Options inProcess(boolean value) {
            inProcess = value;
            return this;
        }

        @Override
        public RunPlan build() {
            return new RunPlan(
                    launcher,
                    slurm,
                    spark,
                    devices,
                    slots,
                    replicas,
                    order,
                    retries,
                    keepGoing,
                    timeLimitMinutes,
                    heapMegabytes,
                    memoryMegabytes,
                    inProcess);
        }
    }
}
