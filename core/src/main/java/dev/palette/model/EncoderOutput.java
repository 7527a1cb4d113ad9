package dev.palette.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What an encoder makes of a batch of S sequences, layer by layer; zero at padding that was not computed.
 *
 * @param embeddings what the first layer reads, (S, T, H)
 * @param layers output of each encoder layer, (S, T, H)
 * @param sequence what heads on positions and the pooler read, (S, T, H): the last layer's output, unless an adapter stands above it
 * @param pooled what heads on the whole read, (S, H)
 */
public record EncoderOutput(NDArray embeddings, List<NDArray> layers, NDArray sequence, NDArray pooled) {}
