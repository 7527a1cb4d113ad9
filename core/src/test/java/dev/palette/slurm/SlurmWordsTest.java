package dev.palette.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.experiment.RunPlan;
import dev.palette.experiment.SlurmPlan;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Slurm is told, and what its commands' answers mean. The answers are those of Slurm 22.05. */
class SlurmWordsTest {
    @Test
    void thePlanIsToldInSbatchsWords() {
        SlurmPlan plan = SlurmPlan.of(s -> s.partition("gpu")
                .account("nlp")
                .time("1-12:00:00")
                .gres("gpu:a100:2")
                .cpusPerTask(8)
                .memory("24G")
                .options(" --qos=long  --constraint=a100 "));

        assertThat(plan.words())
                .containsExactly(
                        "--partition=gpu",
                        "--account=nlp",
                        "--time=1-12:00:00",
                        "--gres=gpu:a100:2",
                        "--cpus-per-task=8",
                        "--mem=24G",
                        "--qos=long",
                        "--constraint=a100");
        assertThat(SlurmPlan.of(s -> {}).words()).isEmpty();
        assertThat(plan.toBlock().build()).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4 h", "1:2:3:4", "tomorrow", "-1"})
    void aTimeThatSlurmWouldNotUnderstandIsRefusedHere(String time) {
        assertThatThrownBy(() -> SlurmPlan.of(s -> s.time(time)))
                .isInstanceOf(PaletteException.class)
                .hasMessage("time is '%s'; expected minutes, 4:00:00 or 1-12:00:00 (days-hours)".formatted(time));
    }

    @Test
    void anUnknownLauncherIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> RunPlan.of(r -> r.launcher("slrum")))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("did you mean 'slurm'?");
    }

    @Test
    void theScriptQuotesWhatTheShellWouldRead() {
        SlurmPlan plan = SlurmPlan.of(s -> s.setup("module load java").wrapper("apptainer exec it's.sif"));

        String script = JobScript.text(Path.of("/runs/a b/$x"), plan);

        assertThat(script)
                .startsWith("#!/bin/bash\n")
                .contains("folder='/runs/a b/$x'/$SLURM_ARRAY_TASK_ID\n")
                .contains("\nmodule load java\n")
                .contains("exec 'apptainer' 'exec' 'it'\\''s.sif' '")
                .contains("'dev.palette.launch.NodeMain' \"$folder\" \"$start\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, JobArrayTaskLimit, true, false, false",
        "PENDING, None, true, false, false",
        "RUNNING, None, false, false, false",
        "COMPLETING, None, false, false, false",
        "CANCELLED, None, false, true, false",
        "TIMEOUT, TimeLimit, false, true, false",
        "PENDING, launch failed requeued held, true, false, true",
        "PENDING, JobHeldUser, true, false, false"
    })
    void aLineOfTheQueue(String state, String reason, boolean waiting, boolean ended, boolean held) {
        QueuedTask task = QueuedTask.of("12|3|" + state + "|" + reason + "|n7").orElseThrow();

        assertThat(task.name()).isEqualTo("12_3");
        assertThat(List.of(task.isWaiting(), task.hasEnded(), task.isHeldAfterFailure()))
                .containsExactly(waiting, ended, held);
        assertThat(QueuedTask.of("4|N/A|PENDING|Resources|")).isEmpty();
        assertThat(QueuedTask.of("slurm_load_jobs error: Invalid job id specified"))
                .isEmpty();
    }

    @Test
    void howATaskEndedIsReadFromTheControllerOrTheAccounting() {
        String line =
                "JobId=4 ArrayJobId=4 JobName=x JobState=FAILED Reason=JobLaunchFailure Dependency=(null) Restarts=0 "
                        + "ExitCode=0:53 ReqNodeList=(null) ExcNodeList=(null) NodeList=n1 NumNodes=1";
        TaskEnd launch = TaskEnd.ofControl("4_0", line);
        assertThat(launch.isWithoutFiles()).isTrue();
        assertThat(launch.where()).isEqualTo("job 4_0 on n1, FAILED");

        assertThat(TaskEnd.ofAccounting("4_1", "OUT_OF_MEMORY|0:125|n2\n").text())
                .isEqualTo("Slurm ended it for want of memory (job 4_1 on n2, OUT_OF_MEMORY); ask for more with"
                        + " run.slurm.memory");
        assertThat(TaskEnd.ofAccounting("4_1", "CANCELLED by 1000|0:15|n2\n").text())
                .isEqualTo("somebody cancelled its job (job 4_1 on n2, CANCELLED)");
        assertThat(TaskEnd.ofAccounting("4_1", "FAILED|76:0|n2\n").text())
                .startsWith("its time ran out before it had done a step")
                .endsWith("raise run.slurm.time");
        assertThat(TaskEnd.ofAccounting("4_1", "FAILED|71:0|n2\n").isWithoutFiles())
                .isTrue();
        assertThat(TaskEnd.ofAccounting("4_1", "").text())
                .isEqualTo("it left Slurm's queue, and Slurm does not remember how (job 4_1)");
    }
}
