package dev.palette.experiment;

import dev.palette.spec.Block;
import dev.palette.spec.Range;
import java.util.function.Consumer;

/**
 * What each trial asks of Spark when {@link RunPlan#SPARK} is the launcher. Everything in a {@code spark} block; nothing of it changes a
 * number. All else that Spark can be told, secrets above all, is in its own {@code spark-defaults.conf}, which is written down nowhere else.
 *
 * @param master where, as {@code spark-submit --master} takes it: {@code spark://host:7077}; empty for what Spark's own settings say
 * @param cpus processors of a trial, which are its threads
 * @param gpus of a trial
 * @param atOnce trials handed to Spark at once; 0 for as many as there are, and {@link #SEARCHED_AT_ONCE} in a search
 */
public record SparkPlan(String master, int cpus, int gpus, int atOnce) {
    /** How many trials a search runs at once that has not been told; one that ran all at once would learn nothing from the first. */
    public static final int SEARCHED_AT_ONCE = 4;

    /** Checks the ranges. */
    public SparkPlan {
        Range.atLeast("cpus", cpus, 1);
        Range.atLeast("gpus", gpus, 0);
        Range.atLeast("atOnce", atOnce, 0);
    }

    /** A plan configured by a block: {@code SparkPlan.of(s -> s.master("spark://host:7077").gpus(1))}. */
    public static SparkPlan of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** The same plan as a block, to change single options. */
    public Options toBlock() {
        return new Options().master(master).cpus(cpus).gpus(gpus).atOnce(atOnce);
    }

    /** Options of {@code spark}. */
    public static final class Options implements Block<SparkPlan> {
        private String master = "";
        private int cpus = 1;
        private int gpus;
        private int atOnce;

        /** The cluster, {@code 'spark://host:7077'}; without it what {@code spark-defaults.conf} says. */
        public Options master(String value) {
            master = value;
            return this;
        }

        /** Processors of a trial, which are its threads; 1 by default. */
        public Options cpus(int value) {
            cpus = value;
            return this;
        }

        /** GPUs of a trial; 0 by default. */
        public Options gpus(int value) {
            gpus = value;
            return this;
        }

        /** Trials handed to Spark at once; 0, the default, for all, in a search 4. */
        public Options atOnce(int value) {
            atOnce = value;
            return this;
        }

        @Override
        public SparkPlan build() {
            return new SparkPlan(master, cpus, gpus, atOnce);
        }
    }
}
