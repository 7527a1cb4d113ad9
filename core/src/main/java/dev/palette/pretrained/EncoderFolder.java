package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.StagedFolder;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** Writes encoders as folders in Hugging Face's layout, from which any encoder can be read again. */
public final class EncoderFolder {
    private EncoderFolder() {}

    /**
     * Writes a folder whole, or not at all.
     *
     * @param folder must not exist yet
     * @param config the sizes of what is written
     * @param like has the vocabulary
     * @param weights under BERT's names, which become the family's own where its layers are no BERT's; heads may be among them
     * @throws PaletteException when the folder exists or cannot be written, or weights are missing
     */
    public static void write(Path folder, BertConfig config, EncoderFiles like, Collection<TensorData> weights) {
        if (Files.exists(folder)) {
            throw new PaletteException("%s exists already; remove it or choose another name".formatted(folder));
        }
        EncoderVocabulary vocabulary = EncoderVocabulary.read(like.vocabulary()).fitting(config);
        try (StagedFolder staged = StagedFolder.of(folder)) {
            EncoderFamily family = EncoderFamily.of(config);
            SafetensorsWriter.write(
                    staged.path().resolve(EncoderDirectory.WEIGHTS), family.named(weights), Map.of("format", "pt"));
            AtomicFile.writeText(staged.path().resolve(EncoderDirectory.CONFIG), text(family, config, like));
            AtomicFile.writeText(staged.path().resolve(vocabulary.keptAs()), vocabulary.text());
            AtomicFile.writeText(
                    staged.path().resolve(EncoderDirectory.TOKENIZER),
                    EncoderDirectory.tokenizerSettings(like.lowerCase()));
            staged.commit();
        }
    }

    private static String text(EncoderFamily family, BertConfig config, EncoderFiles like) {
        return family.keepsItsNames() && like.weights() != null
                ? BertConfigFile.write(config, like.weights().resolveSibling(EncoderDirectory.CONFIG))
                : BertConfigFile.write(config);
    }
}
