package dev.palette.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.palette.execution.TrialOrder;
import dev.palette.kernel.Device;
import dev.palette.kernel.Product;
import dev.palette.search.Verdict;
import java.util.List;

/** What a parent tells a worker: first one thing to do, then when to begin and to stop. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerCommand.Load.class, name = "load"),
    @JsonSubTypes.Type(value = WorkerCommand.Train.class, name = "train"),
    @JsonSubTypes.Type(value = WorkerCommand.CountGpus.class, name = "countGpus"),
    @JsonSubTypes.Type(value = WorkerCommand.Measure.class, name = "measure"),
    @JsonSubTypes.Type(value = WorkerCommand.Judged.class, name = "judged"),
    @JsonSubTypes.Type(value = WorkerCommand.Begin.class, name = "begin"),
    @JsonSubTypes.Type(value = WorkerCommand.Stop.class, name = "stop")
})
public sealed interface WorkerCommand {
    /** Load what all trials need; what is to be done is said next. */
    record Load() implements WorkerCommand {}

    /** Load this trial, and wait for {@link Begin}. */
    record Train(TrialOrder order) implements WorkerCommand {}

    /** Count the GPUs. */
    record CountGpus() implements WorkerCommand {}

    /** Find out which of some ways to compute a product is the fastest. */
    record Measure(List<Product> candidates, int threads, Device device) implements WorkerCommand {
        /** Copies the list. */
        public Measure {
            candidates = List.copyOf(candidates);
        }
    }

    /** The answer to {@link WorkerEvent.Evaluated}. */
    record Judged(Verdict verdict, String why) implements WorkerCommand {}

    /** Train. */
    record Begin() implements WorkerCommand {}

    /** Write a checkpoint after the step at hand, and end. */
    record Stop() implements WorkerCommand {}
}
