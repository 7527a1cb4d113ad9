package dev.palette.experiment;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import dev.palette.adapter.Adapter;
import dev.palette.balance.LossBalancing;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Description;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import dev.palette.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The words that a script may use: the built-in ones and those of the installed plug-ins, by family. */
public final class Vocabulary {
    private static final List<WordFamily<?>> OWN =
            List.of(Plugin.ADAPTER, Plugin.SAMPLING, Plugin.BALANCING, Plugin.TASK);

    private final Map<WordFamily<?>, SortedMap<String, ?>> words;

    private Vocabulary(Map<WordFamily<?>, SortedMap<String, ?>> words) {
        this.words = Map.copyOf(words);
    }

    /**
     * The built-in words and those of every plug-in on the class path.
     *
     * @throws PaletteException when a plug-in cannot be loaded, or two give the same word
     */
    public static Vocabulary installed() {
        return installed(Vocabulary.class.getClassLoader());
    }

    /** The built-in words and those of every plug-in that {@code plugins} finds. */
    public static Vocabulary installed(ClassLoader plugins) {
        List<Plugin> all = new ArrayList<>();
        all.add(new BuiltInWords());
        try {
            ServiceLoader.load(Plugin.class, plugins).forEach(all::add);
        } catch (ServiceConfigurationError e) {
            throw new PaletteException(
                    "a plug-in cannot be loaded: %s; correct or remove its jar".formatted(e.getMessage()), e);
        }
        return of(all);
    }

    /**
     * The built-in words and those of some plug-ins, be they in a jar or not: for a program that brings words of its own.
     *
     * @throws PaletteException when two give the same word
     */
    public static Vocabulary with(Plugin... plugins) {
        List<Plugin> all = new ArrayList<>();
        all.add(new BuiltInWords());
        all.addAll(List.of(plugins));
        return of(all);
    }

    /** The words of some plug-ins alone, the built-in ones included only if they are among them. */
    static Vocabulary of(List<Plugin> plugins) {
        List<Element> elements = new ArrayList<>();
        Set<WordFamily<?>> families = new LinkedHashSet<>(OWN);
        Map<String, Plugin> owners = new HashMap<>();
        for (Plugin plugin : plugins) {
            elements.addAll(Elements.getElements(plugin)); // configures it, once
            if (!plugin.mistakes().isEmpty()) {
                throw new PaletteException(
                        "plug-in %s: %s".formatted(name(plugin), String.join("; ", plugin.mistakes())));
            }
            families.addAll(plugin.families());
            plugin.bound().stream().sorted().forEach(word -> claim(owners, word, plugin));
        }
        try {
            Injector injector = Guice.createInjector(new Families(), Elements.getModule(elements));
            Map<WordFamily<?>, SortedMap<String, ?>> words = new HashMap<>();
            families.forEach(family -> words.put(family, sorted(injector.getInstance(Key.get(family.words())))));
            return new Vocabulary(words);
        } catch (CreationException e) {
            String problems =
                    e.getErrorMessages().stream().map(Message::getMessage).collect(Collectors.joining("; "));
            throw new PaletteException(
                    "the plug-ins %s do not fit together: %s".formatted(names(plugins), problems), e);
        }
    }

    /** Ways of adding parameters, by word, in alphabetical order. */
    public SortedMap<String, Word<Adapter>> adapters() {
        return words(Plugin.ADAPTER);
    }

    /** Ways of choosing the task of the next batch, by word, in alphabetical order. */
    public SortedMap<String, Word<TaskSampling>> samplings() {
        return words(Plugin.SAMPLING);
    }

    /** Ways of weighing the tasks' losses, by word, in alphabetical order. */
    public SortedMap<String, Word<LossBalancing>> balancings() {
        return words(Plugin.BALANCING);
    }

    /** Tasks, by word, in alphabetical order. */
    public SortedMap<String, Word<Task>> tasks() {
        return words(Plugin.TASK);
    }

    /** The words of any family, in alphabetical order; none where no plug-in adds one. */
    @SuppressWarnings("unchecked") // each family's words are put in under the family
    public <T extends Description> SortedMap<String, Word<T>> words(WordFamily<T> family) {
        return (SortedMap<String, Word<T>>) words.getOrDefault(family, Collections.emptySortedMap());
    }

    private static <W> SortedMap<String, W> sorted(Map<String, W> words) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(words));
    }

    private static void claim(Map<String, Plugin> owners, String word, Plugin plugin) {
        Plugin owner = owners.putIfAbsent(word, plugin);
        if (owner != null) {
            throw new PaletteException("two plug-ins give the %s: %s and %s; remove one of them or rename its word"
                    .formatted(word, name(owner), name(plugin)));
        }
    }

    private static List<String> names(List<Plugin> plugins) {
        return plugins.stream().map(Vocabulary::name).toList();
    }

    private static String name(Plugin plugin) {
        return plugin instanceof BuiltInWords
                ? "Palette itself"
                : plugin.getClass().getName();
    }

    /** Palette's own families, each empty until words are bound to it. */
    private static final class Families extends AbstractModule {
        @Override
        protected void configure() {
            Plugin.words(binder(), Plugin.ADAPTER);
            Plugin.words(binder(), Plugin.SAMPLING);
            Plugin.words(binder(), Plugin.BALANCING);
            Plugin.words(binder(), Plugin.TASK);
        }
    }
}
