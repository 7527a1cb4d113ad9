package dev.palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.kernel.Kernel;
import dev.palette.model.ModelParameters;
import dev.palette.sampler.TaskSampler;
import dev.palette.sampler.TaskSampling;
import dev.palette.sampler.TaskSizes;
import dev.palette.task.Scores;
import dev.palette.task.TrainingOrder;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.CheckpointPlan.Keep;
import dev.palette.train.CheckpointStore;
import dev.palette.train.Communicator;
import dev.palette.train.Replica;
import dev.palette.train.StopSignal;
import dev.palette.train.Trainer;
import dev.palette.train.Training;
import dev.palette.train.TrainingListener;
import dev.palette.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.IntStream;

/**
 * Palette's own training loop, held after every step until the next is asked for. It runs on a thread of its own, which is the
 * kernel's; between steps that thread sleeps.
 */
final class TrainingSubject implements Subject {
    private static final CheckpointPlan NEVER = new CheckpointPlan(Duration.ofDays(1_000), 0, Keep.BEST);

    private final Palette palette;
    private final int[] draws;
    private final Semaphore asked = new Semaphore(0);
    private final SynchronousQueue<Object> answers = new SynchronousQueue<>();
    private final Map<String, Object> description;

    /** Makes everything ready for the first step. */
    TrainingSubject(JsonNode spec) throws Exception {
        palette = new Palette(spec);
        JsonNode tasks = spec.path("draws");
        draws = IntStream.range(0, tasks.size()).map(i -> tasks.get(i).asInt()).toArray();
        Thread thread = new Thread(this::train, "training");
        thread.setDaemon(true);
        thread.start();
        description = asMap(received());
    }

    @Override
    public Map<String, Object> description() {
        return description;
    }

    @Override
    public void settle() throws Exception {
        step();
    }

    /** One step for each draw. */
    @Override
    public Repetition repeat() throws Exception {
        long tokens = 0;
        long start = System.nanoTime();
        for (int i = 0; i < draws.length; i++) {
            tokens += step();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Repetition(seconds, (long) draws.length * palette.training().batchSize(), tokens);
    }

    /** Has one step taken; gives its tokens. */
    private long step() throws Exception {
        asked.release();
        return (Long) received();
    }

    private Object received() throws Exception {
        Object answer = answers.take();
        if (answer instanceof Throwable failure) {
            throw new IllegalStateException("training failed: " + failure, failure);
        }
        return answer;
    }

    @SuppressWarnings("unchecked") // the training thread's first word is its description
    private static Map<String, Object> asMap(Object answer) {
        return (Map<String, Object>) answer;
    }

    /** The tasks that whoever compares has drawn, by their places. */
    private record InTurn(int[] drawn) implements TaskSampling {
        @Override
        public String label() {
            return "in turn";
        }

        @Override
        public TaskSampler sampler(TaskSizes tasks, long draws) {
            return (draw, uniform, reports) -> drawn[(int) (draw % drawn.length)];
        }
    }

    private void train() {
        try (Kernel kernel = palette.open()) {
            ModelParameters parameters = palette.parameters(kernel);
            Training plan = palette.training();
            Trainer trainer = new Trainer(
                    plan,
                    tasks(plan),
                    new InTurn(draws),
                    palette.streams(),
                    new Replica(kernel, palette.model(parameters), parameters, Communicator.ALONE),
                    new CheckpointStore(Files.createTempDirectory("palette-bench"), NEVER, System.err::println),
                    new OneStepAtATime());
            long values = parameters.declarations().stream()
                    .mapToLong(declaration -> declaration.size())
                    .sum();
            answers.put(Map.of("kernel", kernel.choice().toString(), "parameters", values));
            asked.acquire();
            trainer.train(new StopSignal());
        } catch (Exception | OutOfMemoryError e) { // handed to whoever waits for the step
            put(e);
        }
    }

    private List<TrainingTask> tasks(Training plan) throws IOException {
        List<TrainingTask> tasks = new ArrayList<>();
        for (TokenTask task : palette.tasks()) {
            TokenFile examples = task.read();
            TrainingOrder order = new TrainingOrder(
                    examples, plan.padding().order(), plan.batchSize(), palette.streams(), task.name());
            tasks.add(new TrainingTask(task, order, examples.size(), Map.of()));
        }
        return tasks;
    }

    private void put(Object answer) {
        try {
            answers.put(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells of a step and waits to be asked for the next. */
    private final class OneStepAtATime implements TrainingListener {
        @Override
        public void stepped(long step, String task, double loss, long tokens, double seconds) {
            put(tokens);
            asked.acquireUninterruptibly();
        }

        @Override
        public void evaluated(long step, Map<String, List<Scores>> scores, double average, boolean best) {
            throw new IllegalStateException("nothing is to be evaluated");
        }

        @Override
        public void attended(long step, String task, boolean drawn, String why) {}

        @Override
        public void weighed(long step, String task, double weight) {}

        @Override
        public void wentBack(long step, String why) {
            throw new IllegalStateException(why);
        }

        @Override
        public void message(String line) {
            System.err.println(line);
        }
    }
}
