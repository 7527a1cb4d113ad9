package dev.palette.pretrained;

import dev.palette.hub.Hub;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.ShardedSafetensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a hub's model makes an encoder: its configuration, its tokenizer, and its weights in one format. Others that are often there
 * too (other formats, read-me files, pictures) are several times as large and are not fetched.
 *
 * @param source whose files they are
 */
record HubEncoder(EncoderSource.Hub source) implements Hub.Wanted {
    private static final String CONFIG = "config.json";
    private static final List<String> TOKENIZER = List.of(
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "merges.txt",
            "vocab.json",
            "vocab.txt",
            "spm.model",
            "spiece.model",
            "sentencepiece.bpe.model",
            "tokenizer.json");
    private static final List<String> VOCABULARIES = List.of(
            "vocab.txt", "tokenizer.json", "vocab.json", "spm.model", "spiece.model", "sentencepiece.bpe.model");
    private static final List<String> WEIGHTS =
            List.of("model.safetensors", ShardedSafetensors.INDEX, "pytorch_model.bin");
    private static final String SHARD = "model-\\d{5}-of-\\d{5}\\.safetensors";

    @Override
    public boolean isIn(Path folder) {
        return EncoderParts.areIn(folder);
    }

    @Override
    public List<String> of(Collection<String> files) {
        List<String> wanted = new ArrayList<>();
        wanted.add(Optional.of(CONFIG)
                .filter(files::contains)
                .orElseThrow(() -> missing("a configuration", List.of(CONFIG))));
        if (VOCABULARIES.stream().noneMatch(files::contains)) {
            throw missing("a vocabulary", VOCABULARIES);
        }
        TOKENIZER.stream().filter(files::contains).forEach(wanted::add);
        String weights = WEIGHTS.stream()
                .filter(files::contains)
                .findFirst()
                .orElseThrow(() -> missing("weights that are read here", WEIGHTS));
        wanted.add(weights);
        if (weights.equals(ShardedSafetensors.INDEX)) {
            Stream<String> shards = files.stream().filter(name -> name.matches(SHARD));
            shards.sorted().forEach(wanted::add);
        }
        return wanted;
    }

    private PaletteException missing(String what, List<String> names) {
        return new PaletteException("%s at %s has no %s (%s); choose another model or revision"
                .formatted(
                        source.model(), source.revision(), what.replaceFirst("^an? ", ""), String.join(", ", names)));
    }
}
