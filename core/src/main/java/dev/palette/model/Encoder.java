package dev.palette.model;

import dev.palette.adapter.Declaration;
import dev.palette.adapter.ParameterSource;
import dev.palette.kernel.Ops;
import dev.palette.pretrained.BertConfig;
import java.util.List;

/**
 * The encoder alone, with its pooler and without any head: the original's {@code BertModel}. Holds no weights of its own.
 */
public final class Encoder {
    private final TaskEncoder encoder;
    private final ParameterSource parameters;

    /** The encoder over given parameters. */
    public Encoder(BertConfig config, ParameterSource parameters) {
        this.encoder = TaskEncoder.alone(config, parameters);
        this.parameters = parameters;
    }

    /** Every parameter of such a model. */
    public static List<Declaration> parameters(BertConfig config) {
        return BertParameters.SHARED.declarations(config);
    }

    /** What the encoder makes of a batch, layer by layer, without dropout. */
    public EncoderOutput encode(ModelInput input, Ops ops) {
        return encoder.output(input, parameters, ops);
    }
}
