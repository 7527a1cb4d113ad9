package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Another method that starts from trained adapters in a file, as {@code palette adapters save} writes it, instead of anew:
 *
 * <pre>adapter trained { of lora { rank 16 }; file 'mnli.safetensors'; task 'mnli' }</pre>
 *
 * <p>The file must have been made on the encoder of the experiment, and hold what {@code of} describes. Without {@code task} each task
 * starts from its own adapter, and its head from its own head where the file has one; with it, every task starts from that task's
 * adapter, and from no head but its own.
 *
 * @param of the method, as it was trained; dropout may differ
 * @param file the file
 * @param task whose adapter all tasks start from; null, the default, for each its own
 */
public record Trained(Adapter of, String file, @Nullable String task) implements Adapter, Wrapping {
    /** A trained adapter configured by a block: {@code Trained.of(t -> t.of(new Pal(204, 6)).file("pals.safetensors"))}. */
    public static Trained of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        Path name = Path.of(file).getFileName();
        return of.label() + " from " + (name == null ? file : name) + (task == null ? "" : " (" + task + ")");
    }

    @Override
    public boolean sharesEncoder() {
        return of.sharesEncoder();
    }

    @Override
    public List<String> files() {
        return List.of(file);
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        Map<String, String> sources = new HashMap<>();
        if (task != null) {
            tasks.forEach(target -> sources.putAll(names(encoder, target, task)));
        }
        return of.parameters(encoder, tasks).stream()
                .map(d ->
                        d.startingAs(new SavedStart(file, sources.getOrDefault(d.name(), d.name()), of.label(), true)))
                .toList();
    }

    /** One task's parameters with those of another that correspond to them. */
    private Map<String, String> names(BertConfig encoder, String target, String source) {
        List<Declaration> own = of.parameters(encoder, List.of(target));
        List<Declaration> others = of.parameters(encoder, List.of(source));
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < own.size(); i++) {
            names.put(own.get(i).name(), others.get(i).name());
        }
        return names;
    }

    @Override
    public LayerAdapter inLayer(int layer, String name, ParameterSource parameters) {
        return of.inLayer(layer, name, parameters);
    }

    @Override
    public @Nullable Prompt prompt(String name, ParameterSource parameters) {
        return of.prompt(name, parameters);
    }

    @Override
    public @Nullable Sublayer onTop(BertConfig encoder, String name, ParameterSource parameters) {
        return of.onTop(encoder, name, parameters);
    }

    @Override
    public String inPlaceOf(String parameter, String name) {
        return of.inPlaceOf(parameter, name);
    }

    /** Options of {@code trained}. */
    public static final class Options implements Block<Trained> {
        private @Nullable Adapter of;
        private @Nullable String file;
        private @Nullable String task;

        /** The method, as it was trained; must be given. */
        public Options of(Adapter value) {
            of = value;
            return this;
        }

        /** The file that {@code palette adapters} wrote; must be given. */
        public Options file(String value) {
            file = value;
            return this;
        }

        /** Whose adapter all tasks start from; by default each starts from its own. */
        public Options task(String value) {
            task = value;
            return this;
        }

        @Override
        public Trained build() {
            if (of == null) {
                throw new OptionException("of", "of has no value, expected an adapter, e.g. of lora { rank 8 }");
            }
            if (file == null) {
                throw new OptionException("file", "file has no value, expected a file, e.g. file 'mnli.safetensors'");
            }
            return new Trained(of, file, task);
        }
    }
}
