package dev.palette.exchange;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.AdapterManifest;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Trained;
import dev.palette.experiment.StrictJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.LayerForm;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.storage.StagedFolder;
import dev.palette.tensor.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Saved adapters as other libraries keep them: {@code peft} and AdapterHub's {@code adapters}, a folder for one adapter and its head. */
public final class OtherLibraries {
    private OtherLibraries() {}

    /**
     * Writes one task's adapter and head in another library's form.
     *
     * @param adapters where they are
     * @param task whose
     * @param encoder the encoder they were trained on
     * @param folder must not exist yet; it is written whole or not at all
     * @param vocabulary the words that the file's description may use
     * @throws PaletteException when the library has no such adapter, the encoder is another, or the folder cannot be written
     */
    public static void write(
            AdapterFile adapters,
            String task,
            EncoderFiles encoder,
            LibraryFormat format,
            Path folder,
            Vocabulary vocabulary) {
        if (Files.exists(folder)) {
            throw new PaletteException("%s exists already; remove it or choose another name".formatted(folder));
        }
        adapters.requireBase("the encoder given", encoder.fingerprint());
        BertConfig kept = adapters.manifest().kept(encoder.config());
        requireBertsLayers(adapters.path(), kept);
        OneAdapter one = one(adapters, task, kept, vocabulary);
        try (StagedFolder staged = StagedFolder.of(folder)) {
            if (format == LibraryFormat.PEFT) {
                Peft.write(one, EncoderSource.of(adapters.manifest().encoder()), staged.path());
            } else {
                AdapterHub.write(one, kept, staged.path());
            }
            staged.commit();
        }
    }

    /** One task's part of a file. */
    static OneAdapter one(AdapterFile adapters, String task, BertConfig encoder, Vocabulary vocabulary) {
        List<String> tasks = adapters.manifest().tasks();
        if (!tasks.contains(task)) {
            throw new PaletteException("%s: %s"
                    .formatted(
                            adapters.path(),
                            NearestWord.unknown("task", task, tasks).getMessage()));
        }
        adapters.names().stream()
                .filter(name -> name.startsWith("bert."))
                .findFirst()
                .ifPresent(name -> {
                    throw new PaletteException(
                            "%s has %s besides, trained with the adapters, which the form cannot hold; train with freeze pretrained"
                                    .formatted(adapters.path(), name));
                });
        Adapter saved = SavedAdapters.adapter(adapters, vocabulary);
        Adapter adapter = saved instanceof Trained trained ? trained.of() : saved;
        List<String> names = new ArrayList<>(adapter.parameters(encoder, List.of(task)).stream()
                .map(Declaration::name)
                .toList());
        List.of("weight", "bias").stream()
                .map(kind -> OneAdapter.head(task, kind))
                .filter(adapters.names()::contains)
                .forEach(names::add);
        return new OneAdapter(
                adapter, task, names.stream().map(adapters::tensor).toList());
    }

    /**
     * Reads a folder that {@code peft} or {@code adapters} wrote, and writes what it holds as a file of Palette's.
     *
     * @param folder has {@code adapter_config.json} and the weights
     * @param task the name that the task has from now on
     * @param source where the encoder comes from on which it was trained: the folder itself does not tell
     * @param encoder its files
     * @param file is created or replaced
     * @return what stands beside the tensors
     * @throws PaletteException when the folder is incomplete, asks for what Palette does not compute, or does not fit the encoder
     */
    public static AdapterManifest read(
            Path folder, String task, EncoderSource source, EncoderFiles encoder, Path file) {
        FolderConfig config = FolderConfig.read(folder);
        requireBertsLayers(folder, encoder.config());
        OneAdapter one = config.isPeft()
                ? Peft.read(folder, config, encoder.config(), task)
                : AdapterHub.read(folder, config, encoder.config(), task);
        requireFitting(folder, one, encoder.config());
        LibraryFormat format = config.isPeft() ? LibraryFormat.PEFT : LibraryFormat.ADAPTER_HUB;
        AdapterManifest manifest = new AdapterManifest(
                source.text(),
                encoder.fingerprint(),
                0,
                one.adapter().label(),
                StrictJson.mapper().valueToTree(one.adapter()),
                List.of(task),
                null,
                null,
                List.of("read from %s, as %s writes it".formatted(folder, format.label())));
        AdapterFile.write(file, manifest, one.tensors());
        return manifest;
    }

    /** The forms name places of BERT's layers, and other layers have other places there. */
    private static void requireBertsLayers(Path adapters, BertConfig encoder) {
        if (!encoder.form().equals(LayerForm.BERT)) {
            throw new PaletteException(
                    "%s: adapters of an encoder whose layers are no BERT's, as ModernBERT's or DeBERTa's, are kept in Palette's own files alone; train on a BERT to exchange them with peft or adapters"
                            .formatted(adapters));
        }
    }

    private static void requireFitting(Path folder, OneAdapter one, BertConfig encoder) {
        Map<String, TensorData> found = new HashMap<>();
        one.tensors().forEach(tensor -> found.put(tensor.name(), tensor));
        for (Declaration declared : one.adapter().parameters(encoder, List.of(one.task()))) {
            TensorData tensor = found.remove(declared.name());
            List<Long> expected =
                    declared.shape().stream().map(Integer::longValue).toList();
            if (tensor == null || !tensor.shape().equals(expected)) {
                throw new PaletteException(
                        "%s does not fit its configuration or the encoder: %s is %s, expected %s; name the encoder it was trained on"
                                .formatted(
                                        folder,
                                        declared.name(),
                                        tensor == null ? "missing" : tensor.shape(),
                                        expected));
            }
        }
        found.keySet().removeIf(name -> name.startsWith("head."));
        if (!found.isEmpty()) {
            throw new PaletteException("%s has tensors that its configuration leaves out: %s"
                    .formatted(folder, String.join(", ", found.keySet())));
        }
    }
}
