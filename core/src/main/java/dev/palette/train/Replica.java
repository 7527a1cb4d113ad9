package dev.palette.train;

import dev.palette.kernel.Kernel;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;

/**
 * One copy of the model that a trial trains. All copies start from the same values and are moved by the same gradients, so that they
 * stay the same.
 *
 * @param kernel computes on this replica's device, on the thread that opened it
 * @param model reads the parameters
 * @param parameters in the kernel's memory
 * @param communicator how it meets the other replicas; {@link Communicator#ALONE} without any
 */
public record Replica(Kernel kernel, MultiTaskModel model, ModelParameters parameters, Communicator communicator) {}
