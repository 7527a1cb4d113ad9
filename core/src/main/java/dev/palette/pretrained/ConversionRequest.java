package dev.palette.pretrained;

import dev.palette.tensor.BertNaming;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be converted into what.
 *
 * @param source a weights file of any known format, a TensorFlow checkpoint's prefix, or an encoder's directory
 * @param destination what to write: {@code .safetensors}; {@code .bin}, {@code .pth} or {@code .pt} for a PyTorch archive; any
 *     other name for a directory in Hugging Face's layout
 * @param naming the names to write; null for the usual ones of the destination: the original's in a PyTorch archive, else
 *     Hugging Face's
 * @param config the encoder's sizes, to check the weights by; null for the file beside the weights, where that is needed
 * @param vocabulary for a directory; null for the file beside the weights
 * @param encoderAlone leave out every head, and require the encoder whole
 */
public record ConversionRequest(
        Path source,
        Path destination,
        @Nullable BertNaming naming,
        @Nullable Path config,
        @Nullable Path vocabulary,
        boolean encoderAlone) {}
