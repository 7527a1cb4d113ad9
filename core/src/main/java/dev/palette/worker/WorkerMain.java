package dev.palette.worker;

import dev.palette.execution.Progress;
import dev.palette.execution.Team;
import dev.palette.execution.TrialListener;
import dev.palette.execution.TrialOrder;
import dev.palette.execution.TrialOutcome;
import dev.palette.execution.TrialWork;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.Kernel;
import dev.palette.search.Judgement;
import dev.palette.train.StopSignal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program of a worker process: does the one thing that its first line of input asks for, or its second if it was started ahead. SIGTERM, {@link WorkerCommand.Stop} and
 * the end of the input all stop it with a checkpoint.
 */
public final class WorkerMain {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);
    private static final int SECONDS_BETWEEN_SIGNS_OF_LIFE = 1;

    private final BufferedReader in;
    private final PrintStream out;
    private final StopSignal stop = new StopSignal();
    private final BlockingQueue<Judgement> judgements = new LinkedBlockingQueue<>();
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private WorkerMain(BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Started by {@link WorkerProcess} alone. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what our code or a library prints goes to the log
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new WorkerMain(in, out).work();
    }

    private void work() throws IOException {
        Optional<WorkerCommand> command = read();
        if (command.isPresent() && command.get() instanceof WorkerCommand.Load) {
            load();
            command = read();
            if (command.isEmpty()) {
                Runtime.getRuntime().exit(0); // there is no other trial
            }
        }
        carryOut(command);
    }

    private Optional<WorkerCommand> read() throws IOException {
        String line = in.readLine();
        return line == null ? Optional.empty() : Wire.command(line);
    }

    /** What takes long and hangs on no trial. */
    private static void load() {
        try {
            Vocabulary.installed();
            Kernel.load();
        } catch (RuntimeException e) {
            LOG.error("failed to load ahead", e); // the trial will say what is amiss
        }
    }

    private void carryOut(Optional<WorkerCommand> command) {
        daemon("commands", this::obey);
        daemon("signs of life", this::live);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "SIGTERM"));
        try {
            tell(answer(command.orElseThrow(() -> new IllegalStateException("there is no command"))));
        } catch (RuntimeException e) {
            LOG.error("failed", e);
            String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
            tell(new WorkerEvent.Failed(WorkerEvent.Fault.of(e), message));
        } finally {
            ended.countDown();
        }
        Runtime.getRuntime().exit(0); // a library's thread may still live
    }

    private WorkerEvent answer(WorkerCommand command) {
        if (command instanceof WorkerCommand.Train train) {
            return new WorkerEvent.Ended(train(train.order()));
        } else if (command instanceof WorkerCommand.Measure measure) {
            return new WorkerEvent.Measured(Kernel.measure(measure.candidates(), measure.threads(), measure.device()));
        } else if (command instanceof WorkerCommand.CountGpus) {
            return new WorkerEvent.Counted(Kernel.gpus());
        }
        throw new IllegalStateException("a worker's first command cannot be " + command);
    }

    private TrialOutcome train(TrialOrder order) {
        Trial trial = order.trial(Vocabulary.installed());
        LOG.info("trial {}, process {}", trial.id(), ProcessHandle.current().pid());
        if (order.cluster() != null) {
            LOG.info("{}", order.cluster().text());
        }
        TrialOutcome outcome =
                new TrialWork(order, trial, Team.WITHIN, new Telling(order.judged())).carryOut(this::awaitBegin, stop);
        LOG.info("ended: {}", outcome);
        return outcome;
    }

    private void awaitBegin() {
        tell(new WorkerEvent.Prepared());
        try {
            begin.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the worker's thread", e);
        }
    }

    private void obey() {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Wire.command(line).ifPresent(this::obey);
            }
        } catch (IOException e) {
            LOG.error("the parent's commands cannot be read", e);
        }
        obey(new WorkerCommand.Stop()); // the parent is gone
    }

    private void obey(WorkerCommand command) {
        if (command instanceof WorkerCommand.Judged judged) {
            judgements.add(new Judgement(judged.verdict(), judged.why()));
            return;
        }
        if (command instanceof WorkerCommand.Stop) {
            stop.request();
            judgements.add(Judgement.GO_ON); // it stops as it is, judged or not
        }
        begin.countDown(); // also to stop: training looks at the signal before its first step
    }

    private void live() {
        try {
            while (!ended.await(SECONDS_BETWEEN_SIGNS_OF_LIFE, TimeUnit.SECONDS)) {
                tell(new WorkerEvent.Alive());
            }
        } catch (InterruptedException e) {
            LOG.warn("no more signs of life", e);
        }
    }

    /** The process ends when its hooks have, so that there is time for the step at hand and a checkpoint. */
    private void stopAndWait() {
        obey(new WorkerCommand.Stop());
        try {
            ended.await();
        } catch (InterruptedException e) {
            LOG.warn("ended without waiting for the step at hand", e);
        }
    }

    private synchronized void tell(WorkerEvent event) {
        out.println(Wire.line(event));
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands on what the trial says. */
    private final class Telling implements TrialListener {
        private final boolean judged;

        private Telling(boolean judged) {
            this.judged = judged;
        }

        @Override
        public void started(long fromStep) {
            LOG.info("training begins at step {}", fromStep);
            tell(new WorkerEvent.Started(fromStep));
        }

        @Override
        public void progress(Progress p) {
            tell(new WorkerEvent.Advanced(p.step(), p.steps(), p.loss(), p.task(), p.tokensPerSecond()));
        }

        @Override
        public Judgement evaluated(long step, SortedMap<String, Double> scores) {
            if (!judged || stop.isRequested()) {
                return Judgement.GO_ON;
            }
            tell(new WorkerEvent.Evaluated(step, scores));
            try {
                return judgements.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the worker's thread", e);
            }
        }

        @Override
        public void message(String line) {
            LOG.info("{}", line);
            tell(new WorkerEvent.Said(line));
        }
    }
}
