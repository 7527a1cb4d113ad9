package dev.palette.balance;

import dev.palette.spec.Block;
import dev.palette.task.Loss;
import java.util.Map;

/** Every batch's loss counts alike. */
public record Equal() implements LossBalancing {
    @Override
    public String label() {
        return "equal";
    }

    @Override
    public Balancer balancer(Map<String, Loss> tasks) {
        return (task, state) -> 1;
    }

    /** Equal weights have no options. */
    public static final class Options implements Block<Equal> {
        @Override
        public Equal build() {
            return new Equal();
        }
    }
}
