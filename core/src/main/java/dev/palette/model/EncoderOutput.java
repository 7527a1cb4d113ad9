package dev.palette.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What an encoder makes of a batch, layer by layer.
 *
 * @param embeddings what the first layer reads, (B, T, H)
 * @param layers output of each encoder layer, (B, T, H)
 * @param sequence what heads on positions and the pooler read, (B, T, H): the last layer's output, unless an adapter stands above it
 * @param pooled what heads on the whole read, (B, H)
 */
public record EncoderOutput(NDArray embeddings, List<NDArray> layers, NDArray sequence, NDArray pooled) {}
