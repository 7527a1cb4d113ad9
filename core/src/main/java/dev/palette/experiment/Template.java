package dev.palette.experiment;

import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A block of options some of which vary: {@code pal { size integer(48, 300, 6) }}. Each value is made by a fresh block, on which the
 * options are set as they were written, so that defaults which follow from other options follow from the varied ones as well.
 *
 * <pre>{@code
 * Template.of(Pal.Options::new)
 *         .with(p -> p.heads(6))
 *         .vary("size", Pal.Options::size, Axis.integer(48, 300, 6))
 * }</pre>
 *
 * @param newBlock a new block, every option at its default
 * @param given what is set on it, in order
 * @param explanation words a refusal, for instance with the script's line
 * @param <T> what the block describes
 * @param <B> the block
 */
public record Template<T, B extends Block<? extends T>>(
        Supplier<? extends B> newBlock, List<Given<B>> given, UnaryOperator<PaletteException> explanation)
        implements Space<T> {
    /** Copies the list. */
    public Template {
        given = List.copyOf(given);
    }

    /**
     * One option that is set.
     *
     * @param option its name
     * @param values what it is set to
     * @param setter sets it to one of them
     */
    public record Given<B>(String option, Space<?> values, BiConsumer<B, Object> setter) {}

    /** A block with its defaults. */
    public static <T, B extends Block<T>> Template<T, B> of(Supplier<? extends B> newBlock) {
        return new Template<>(newBlock, List.of(), UnaryOperator.identity());
    }

    /** The same with some options set, to one value each. */
    public Template<T, B> with(Consumer<B> options) {
        return plus(new Given<>("options", Space.of(options), (block, value) -> options.accept(block)));
    }

    /**
     * The same with an option that varies.
     *
     * @param name the option's, which is that of its member in a trial's JSON
     * @param option sets it, as in {@code Pal.Options::size}
     */
    @SuppressWarnings("unchecked") // the values are those of the space
    public <V> Template<T, B> vary(String name, BiConsumer<B, V> option, Space<? extends V> values) {
        return plus(new Given<>(name, values, (block, value) -> option.accept(block, (V) value)));
    }

    /** The same with more options set, after those that were. */
    public Template<T, B> with(List<Given<B>> more) {
        List<Given<B>> all = new ArrayList<>(given);
        all.addAll(more);
        return new Template<>(newBlock, all, explanation);
    }

    private Template<T, B> plus(Given<B> one) {
        return with(List.of(one));
    }

    @Override
    public T at(Choices choices) {
        try {
            B block = newBlock.get();
            for (Given<B> each : given) {
                each.setter().accept(block, each.values().at(choices));
            }
            return block.build();
        } catch (PaletteException e) {
            throw explanation.apply(e);
        }
    }

    /** What the block describes. */
    public Class<?> type() {
        return Arrays.stream(newBlock.get().getClass().getMethods())
                .filter(method -> method.getName().equals("build") && !method.isBridge())
                .findFirst()
                .<Class<?>>map(Method::getReturnType)
                .orElseThrow();
    }

    @Override
    public void forEachAxis(Place place, AxisVisitor visitor) {
        List<String> members = members(type());
        for (Given<B> each : given) {
            boolean member = members.isEmpty() || members.contains(each.option());
            each.values()
                    .forEachAxis(member ? place.option(each.option()) : place.unnamedOption(each.option()), visitor);
        }
    }

    /** The names that the values of options have in JSON; none where the block describes one of several records. */
    private static List<String> members(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components == null
                ? List.of()
                : Arrays.stream(components).map(RecordComponent::getName).toList();
    }
}
