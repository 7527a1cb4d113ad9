/**
 * Workers as tasks of Slurm's job arrays, on nodes that see the same files as this machine.
 *
 * <p>{@link dev.palette.slurm.SlurmLauncher} hands over what was started since its last look as one array ({@code Submission}), and follows
 * each trial ({@code SlurmTask}) by the files it writes ({@link dev.palette.launch.NodeFiles}) and by {@code squeue}. Slurm places, queues,
 * preempts and starts again; {@code JobScript} is what it runs. All that is asked of Slurm goes through its own commands ({@code
 * SlurmCommands}): no library of its, no port, no daemon of ours.
 */
@NullMarked
package dev.palette.slurm;

import org.jspecify.annotations.NullMarked;
