/**
 * Named tensors on disk.
 *
 * <p>A model's weights are a dictionary: names to arrays of numbers. Three formats of that dictionary matter here, and {@link
 * dev.palette.tensor.TensorFile} opens any of them. <em>safetensors</em> is a JSON table of contents followed by the raw numbers; it
 * is what Palette keeps, because a tensor can be mapped into memory without being read or copied, and because reading it executes
 * nothing ({@link dev.palette.tensor.SafetensorsFile}, {@link dev.palette.tensor.SafetensorsWriter}). A <em>TensorBundle</em> is
 * what TensorFlow saves, and what Google's BERT was published in ({@link dev.palette.tensor.TensorBundle}). A <em>PyTorch file</em>
 * is a pickle, a program that builds the dictionary, beside the raw numbers; here it is run by a machine that can build nothing
 * but tensors and plain containers, and written by {@link dev.palette.tensor.PyTorchWriter}.
 *
 * <p>The same weight has three names ({@link dev.palette.tensor.BertNaming}): Google's ({@code
 * bert/encoder/layer_0/attention/self/query/kernel}), that of the first PyTorch translations ({@code …LayerNorm.gamma}) and Hugging
 * Face's of today ({@code …LayerNorm.weight}). {@link dev.palette.tensor.BertTensors} shows a file of any of them under the last,
 * the only one the rest of Palette knows.
 *
 * <p>Files come from elsewhere and are trusted in nothing: every size and offset is checked before memory is taken or a
 * position read. Nothing here computes, and nothing knows of the engine; a tensor is its bytes ({@link
 * dev.palette.tensor.TensorData}).
 */
@NullMarked
package dev.palette.tensor;

import org.jspecify.annotations.NullMarked;
