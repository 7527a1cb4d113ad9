/**
 * The operations that models are written in, and the one place that knows TorchScript.
 *
 * <p>DJL's own operators lack what training BERT fast and exactly needs (fused attention, losses, gradients of chosen tensors,
 * multi-tensor optimizer updates), but DJL can run any TorchScript module. So the operations are written as readable text in this
 * package's resources, packed into a module when the engine starts, and called through {@link dev.palette.kernel.Ops}. Everything
 * outside sees named operations on {@code NDArray}s; nothing outside knows how they are computed.
 */
@NullMarked
package dev.palette.kernel;

import org.jspecify.annotations.NullMarked;
