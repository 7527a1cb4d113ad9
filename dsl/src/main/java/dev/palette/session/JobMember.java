package dev.palette.session;

import dev.palette.execution.JobFollower;
import dev.palette.execution.JobTeam;
import dev.palette.experiment.Vocabulary;
import dev.palette.mpi.MpiJob;
import dev.palette.mpi.MpiProcess;
import dev.palette.spec.PaletteException;
import dev.palette.train.StopSignal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;

/**
 * A command that mpirun has started several times over: rank 0 carries it out, and trains with the help of the others, which only follow.
 */
public final class JobMember {
    private final MpiProcess process;
    private final PrintWriter err;

    /**
     * A member.
     *
     * @param process this one among the others
     * @param err where a person is told what goes wrong
     */
    public JobMember(MpiProcess process, PrintWriter err) {
        this.process = process;
        this.err = err;
    }

    /**
     * Carries out a command with the others.
     *
     * @param arguments of the command
     * @param command carries it out on the given backend; asked on rank 0 alone
     * @return the exit code of this process
     */
    public int execute(String[] arguments, Function<Backend, Integer> command) {
        try (MpiJob job = MpiJob.join(process)) {
            List<byte[]> known = job.communicator()
                    .allGather(MemberIdentity.present(arguments).bytes());
            List<MemberIdentity> members =
                    known.stream().map(MemberIdentity::of).toList();
            if (!MemberIdentity.differences(members).isEmpty()) {
                if (process.rank() == 0) {
                    err.println("the processes of this job cannot work together:");
                    MemberIdentity.differences(members).forEach(line -> err.println("  " + line));
                    err.flush();
                }
                return ExitCode.BAD_INPUT;
            }
            return process.rank() == 0 ? lead(job, command) : follow(job, members.get(process.rank()));
        } catch (PaletteException e) {
            err.println(e.getMessage());
            err.flush();
            return ExitCode.BAD_INPUT;
        }
    }

    private static int lead(MpiJob job, Function<Backend, Integer> command) {
        try (JobTeam team = new JobTeam(job)) {
            return command.apply(RunnerBackend.leading(team));
        }
    }

    /** Whatever goes wrong ends the job: the others would wait for this one for ever. */
    private int follow(MpiJob job, MemberIdentity self) {
        StopSignal stop = new StopSignal();
        try (StopOnSignal signals = new StopOnSignal(stop, new PrintWriter(new StringWriter()))) { // rank 0 says so
            new JobFollower(job, Vocabulary.installed(), stop).follow();
            return ExitCode.FINISHED;
        } catch (RuntimeException | Error e) {
            err.println(
                    "rank %d on %s failed, which ends the job; run the same command again to go on from the last checkpoint"
                            .formatted(process.rank(), self.host()));
            e.printStackTrace(err);
            err.flush();
            job.abort(ExitCode.FAILED);
            return ExitCode.FAILED;
        }
    }
}
