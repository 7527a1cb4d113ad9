package dev.palette.model;

import dev.palette.adapter.Declaration;
import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.OptionException;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

/**
 * Some of a model's parameters, as a script names them: those that a pattern fits, that stand in one of some layers, or in one of some
 * parts; but for exceptions.
 *
 * <p>In a pattern {@code *} stands for any characters, dots too, {@code ?} for one, {@code [0-3]} for one of several and {@code {a,b}} for
 * one of several texts: {@code 'bert.encoder.layer.[0-3].attention.*'}.
 *
 * @param names patterns of parameters' names
 * @param layers of the encoder, counted from 0, with the adapters in them
 * @param parts of the model
 * @param except patterns of names that are left out
 */
public record ParameterSet(List<String> names, List<Integer> layers, List<ModelPart> parts, List<String> except) {
    private static final int EXAMPLES = 3;

    /**
     * Copies the lists.
     *
     * @throws OptionException when a pattern can't be read, or a layer is below 0
     */
    public ParameterSet {
        names = List.copyOf(names);
        layers = List.copyOf(layers);
        parts = List.copyOf(parts);
        except = List.copyOf(except);
        names.forEach(pattern -> requireReadable("names", pattern));
        except.forEach(pattern -> requireReadable("except", pattern));
        for (int layer : layers) {
            if (layer < 0) {
                throw new OptionException(
                        "layers", "layers has %d, expected layers counted from 0, e.g. layers 0..3".formatted(layer));
            }
        }
    }

    private static void requireReadable(String option, String pattern) {
        try {
            fits(pattern, "");
        } catch (PatternSyntaxException e) {
            throw new OptionException(
                    option,
                    "%s has '%s', which is no pattern (%s); write e.g. 'bert.encoder.layer.[0-3].*' or '{head,adapter}.*'"
                            .formatted(option, pattern, e.getDescription()));
        }
    }

    private static boolean fits(String pattern, String name) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
    }

    /** Whether nothing is named. */
    public boolean isEmpty() {
        return names.isEmpty() && layers.isEmpty() && parts.isEmpty();
    }

    /** Whether a parameter is among them. */
    public boolean contains(Declaration declaration) {
        String name = declaration.name();
        boolean named = names.stream().anyMatch(pattern -> fits(pattern, name))
                || layers.contains(ParameterPlace.of(declaration).layer())
                || parts.stream().anyMatch(part -> part.contains(declaration));
        return named && except.stream().noneMatch(pattern -> fits(pattern, name));
    }

    /**
     * Checks that each name, layer and part has a parameter.
     *
     * @param where the option they are given to, for messages
     * @param declared every parameter of the model
     * @throws PaletteException when one has none: which, and what is near it
     */
    public void requireKnown(String where, Collection<Declaration> declared) {
        names.forEach(pattern -> requireFit(where + ": names", pattern, declared));
        except.forEach(pattern -> requireFit(where + ": except", pattern, declared));
        int count = ParameterPlace.layers(declared);
        for (int layer : layers) {
            if (layer >= count) {
                throw new PaletteException("%s: layers has %d, but the encoder's %d layers are 0 to %d"
                        .formatted(where, layer, count, count - 1));
            }
        }
        for (ModelPart part : parts) {
            if (declared.stream().noneMatch(part::contains)) {
                throw new PaletteException("%s: parts has part.%s, of which this model has none; leave it out"
                        .formatted(where, Word.of(part)));
            }
        }
    }

    private static void requireFit(String option, String pattern, Collection<Declaration> declared) {
        List<String> all = declared.stream().map(Declaration::name).toList();
        if (all.stream().anyMatch(name -> fits(pattern, name))) {
            return;
        }
        Optional<String> near = NearestWord.to(pattern, patterns(all));
        String meant = near.map(fitting -> "did you mean '%s'?".formatted(fitting))
                .orElseGet(() -> "parameters are called, for example, " + String.join(", ", examples(all)));
        throw new PaletteException("%s has '%s', which fits no parameter; %s".formatted(option, pattern, meant));
    }

    /** Every name, and what may be written for some of them: {@code adapter.*}, {@code adapter.pal.*}. */
    private static Collection<String> patterns(List<String> all) {
        TreeSet<String> patterns = new TreeSet<>(all);
        for (String name : all) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                patterns.add(name.substring(0, dot) + ".*");
                patterns.add("*" + name.substring(dot));
            }
        }
        return patterns;
    }

    private static List<String> examples(List<String> all) {
        return IntStream.range(0, Math.min(EXAMPLES, all.size()))
                .mapToObj(i -> all.get((int) ((long) i * (all.size() - 1) / Math.max(1, EXAMPLES - 1))))
                .toList();
    }

    /** The options of every block that names parameters. */
    @SuppressWarnings("unchecked") // each subclass passes itself as B
    public abstract static class Options<B extends Options<B, T>, T> implements Block<T> {
        protected List<String> names = List.of();
        protected List<Integer> layers = List.of();
        protected List<ModelPart> parts = List.of();
        protected List<String> except = List.of();

        /** For subclasses. */
        protected Options() {}

        /** Patterns of their names: {@code names 'adapter.*', '*.LayerNorm.*'}; none by default. */
        public B names(Collection<String> patterns) {
            names = List.copyOf(patterns);
            return (B) this;
        }

        /** Patterns of their names. */
        public B names(String... patterns) {
            return names(List.of(patterns));
        }

        /** The layers they stand in, counted from 0, adapters' parameters too: {@code layers 0..3}; none by default. */
        public B layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return (B) this;
        }

        /** The layers they stand in. */
        public B layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        /** The parts they belong to: {@code parts part.embeddings, part.pooler}; none by default. */
        public B parts(Collection<ModelPart> values) {
            parts = List.copyOf(values);
            return (B) this;
        }

        /** The parts they belong to. */
        public B parts(ModelPart... values) {
            return parts(List.of(values));
        }

        /** Patterns of the names that are left out: {@code except '*.LayerNorm.*'}; none by default. */
        public B except(Collection<String> patterns) {
            except = List.copyOf(patterns);
            return (B) this;
        }

        /** Patterns of the names that are left out. */
        public B except(String... patterns) {
            return except(List.of(patterns));
        }
    }
}
