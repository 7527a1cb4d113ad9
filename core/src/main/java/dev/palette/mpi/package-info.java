/**
 * One model trained by several processes, on one machine or on several, that Open MPI has started and connects. A process learns from its
 * environment that it is one of them ({@link dev.palette.mpi.MpiProcess}), joins the others ({@link dev.palette.mpi.MpiJob}), and meets
 * them as any replica meets another, through a {@link dev.palette.train.Communicator}.
 *
 * <p>Placement, membership and transport are Open MPI's; it is called through its C interface, which has been the same since version 1.7
 * of it. What a trial is, who reads and who writes, is not known here: that is {@code execution}'s.
 */
@NullMarked
package dev.palette.mpi;

import org.jspecify.annotations.NullMarked;
