package dev.palette.model;

import dev.palette.adapter.Declaration;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a parameter stands on the way from word pieces to logits.
 *
 * @param pretrained whether it is the encoder's own
 * @param layer the layer it stands in, counted from the embeddings, an adapter's too; {@value #BELOW} for the embeddings, {@value
 *     #NOWHERE} for what stands in no layer
 */
public record ParameterPlace(boolean pretrained, int layer) {
    /** The embeddings, below all layers. */
    public static final int BELOW = -1;

    /** Pooler, heads, and what adapters share over layers. */
    public static final int NOWHERE = -2;

    private static final Pattern LAYER = Pattern.compile("(?:^|\\.)layer\\.(\\d+)(?:\\.|$)");

    /** A parameter's. */
    public static ParameterPlace of(Declaration declaration) {
        boolean pretrained = BertParameters.pretrainedName(declaration.name()) != null;
        Matcher matcher = LAYER.matcher(declaration.name());
        if (matcher.find()) {
            return new ParameterPlace(pretrained, Integer.parseInt(matcher.group(1)));
        }
        return new ParameterPlace(pretrained, ModelPart.EMBEDDINGS.contains(declaration) ? BELOW : NOWHERE);
    }

    /** The number of the encoder's layers. */
    public static int layers(Collection<Declaration> declared) {
        return 1
                + declared.stream()
                        .map(ParameterPlace::of)
                        .filter(ParameterPlace::pretrained)
                        .mapToInt(ParameterPlace::layer)
                        .max()
                        .orElse(BELOW);
    }
}
