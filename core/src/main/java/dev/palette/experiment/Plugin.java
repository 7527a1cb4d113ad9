package dev.palette.experiment;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import dev.palette.adapter.Adapter;
import dev.palette.balance.LossBalancing;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Block;
import dev.palette.spec.Description;
import dev.palette.spec.Word;
import dev.palette.task.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.lang.model.SourceVersion;

/**
 * Words that a jar adds. A plug-in is a subclass that binds them in {@link #configure()}, named in the jar's
 * {@code META-INF/services/dev.palette.experiment.Plugin}; its words then stand in every script beside the built-in ones.
 *
 * <pre>{@code
 * public final class LhucPlugin extends Plugin {
 *     protected void configure() {
 *         adapter("lhuc", Lhuc.class, Lhuc.Options::new);
 *     }
 * }
 * }</pre>
 *
 * <p>It is a Guice module, so it may bind more than words, for its own use.
 */
public abstract class Plugin extends AbstractModule {
    static final WordFamily<Adapter> ADAPTER = new WordFamily<>("adapter", Adapter.class);
    static final WordFamily<TaskSampling> SAMPLING = new WordFamily<>("sampling method", TaskSampling.class);
    static final WordFamily<LossBalancing> BALANCING = new WordFamily<>("loss balancing", LossBalancing.class);
    static final WordFamily<Task> TASK = new WordFamily<>("task", Task.class);

    private final Set<WordFamily<?>> families = new HashSet<>();
    private final Set<String> bound = new HashSet<>();
    private final List<String> mistakes = new ArrayList<>();

    /** Adds a way of adding parameters to the encoder. */
    protected final void adapter(
            String word, Class<? extends Adapter> type, Supplier<? extends Block<? extends Adapter>> block) {
        word(ADAPTER, word, type, block);
    }

    /** Adds a way of choosing the task of the next batch. */
    protected final void sampling(
            String word, Class<? extends TaskSampling> type, Supplier<? extends Block<? extends TaskSampling>> block) {
        word(SAMPLING, word, type, block);
    }

    /** Adds a way of weighing the tasks' losses. */
    protected final void balancing(
            String word,
            Class<? extends LossBalancing> type,
            Supplier<? extends Block<? extends LossBalancing>> block) {
        word(BALANCING, word, type, block);
    }

    /** Adds a task. */
    protected final void task(
            String word, Class<? extends Task> type, Supplier<? extends Block<? extends Task>> block) {
        word(TASK, word, type, block);
    }

    /**
     * Adds a word to a family that a package beside this one brings: an {@code export}, say.
     *
     * @param word as scripts or settings write it
     * @param type what it makes
     * @param block new, with every option at its default
     */
    protected final <T extends Description> void word(
            WordFamily<T> family, String word, Class<? extends T> type, Supplier<? extends Block<? extends T>> block) {
        claim(family.name(), word, type);
        families.add(family);
        words(binder(), family).addBinding(word).toInstance(new Word<>(type, block));
    }

    /** The families that it adds words to; known once it is configured. */
    final Set<WordFamily<?>> families() {
        return Set.copyOf(families);
    }

    /** The words this plug-in bound, as {@code adapter 'lhuc'}; known once it is configured. */
    final Set<String> bound() {
        return Set.copyOf(bound);
    }

    /** What is wrong with its words. Not thrown: Guice would wrap it in a report of its own. */
    final List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** The binder of one family's words. */
    static <T extends Description> MapBinder<String, Word<T>> words(Binder binder, WordFamily<T> family) {
        return MapBinder.newMapBinder(binder, TypeLiteral.get(String.class), family.word());
    }

    private void claim(String family, String word, Class<? extends Description> type) {
        String what = "%s '%s'".formatted(family, word);
        if (!SourceVersion.isName(word)) {
            mistakes.add("%s cannot stand in a script; a word is a Java identifier".formatted(what));
        }
        if (namedAfterItsClass(type) && !word.equals(Word.of(type))) {
            mistakes.add("%s makes %s, which calls itself '%s' in a trial's JSON; rename the class or override word()"
                    .formatted(what, type.getName(), Word.of(type)));
        }
        if (!bound.add(what)) {
            mistakes.add("%s is bound twice".formatted(what));
        }
    }

    private static boolean namedAfterItsClass(Class<? extends Description> type) {
        try {
            return type.getMethod("word").getDeclaringClass() == Description.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every description has a word: " + type, e);
        }
    }
}
