package dev.palette.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.palette.execution.TrialOutcome;
import dev.palette.kernel.Fastest;
import dev.palette.spec.DivergedException;
import dev.palette.spec.PaletteException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a worker tells its parent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerEvent.Alive.class, name = "alive"),
    @JsonSubTypes.Type(value = WorkerEvent.Prepared.class, name = "prepared"),
    @JsonSubTypes.Type(value = WorkerEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = WorkerEvent.Advanced.class, name = "advanced"),
    @JsonSubTypes.Type(value = WorkerEvent.Evaluated.class, name = "evaluated"),
    @JsonSubTypes.Type(value = WorkerEvent.Said.class, name = "said"),
    @JsonSubTypes.Type(value = WorkerEvent.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = WorkerEvent.Counted.class, name = "counted"),
    @JsonSubTypes.Type(value = WorkerEvent.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = WorkerEvent.Failed.class, name = "failed")
})
public sealed interface WorkerEvent {
    /** It lives. */
    record Alive() implements WorkerEvent {}

    /** All is loaded; it waits for {@link WorkerCommand.Begin}. */
    record Prepared() implements WorkerEvent {}

    /** Training begins or goes on. */
    record Started(long fromStep) implements WorkerEvent {}

    /** A step is done; the members are those of {@link dev.palette.execution.Progress}. */
    record Advanced(long step, long steps, double loss, String task, double tokensPerSecond) implements WorkerEvent {}

    /** The selection split was evaluated; a trial that is judged waits for {@link WorkerCommand.Judged}. */
    record Evaluated(long step, SortedMap<String, Double> scores) implements WorkerEvent {
        /** Copies the map. */
        public Evaluated {
            scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
        }
    }

    /** Something worth telling a person, in one line. */
    record Said(String line) implements WorkerEvent {}

    /** The answer to {@link WorkerCommand.Measure}. */
    record Measured(Fastest fastest) implements WorkerEvent {}

    /** The answer to {@link WorkerCommand.CountGpus}. */
    record Counted(int gpus) implements WorkerEvent {}

    /** The work on the trial ended without an error; the last event. */
    record Ended(TrialOutcome outcome) implements WorkerEvent {}

    /** It ended with an error; the last event. */
    record Failed(Fault fault, String message) implements WorkerEvent {}

    /** Kinds of errors, by what helps. */
    enum Fault {
        /** What a person can put right; the message says how. */
        INPUT,
        /** Training ran away. */
        DIVERGED,
        /** Everything else: it may go well another time. */
        OTHER;

        /** The kind of an exception. */
        public static Fault of(Throwable thrown) {
            if (thrown instanceof DivergedException) {
                return DIVERGED;
            }
            return thrown instanceof PaletteException ? INPUT : OTHER;
        }
    }
}
