package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import org.jspecify.annotations.Nullable;

/**
 * The class that every script extends: what the script doesn't declare itself is looked up among Palette's words.
 *
 * <p>Groovy calls {@link #methodMissing} and {@link #propertyMissing} after it found no function or variable of the script's own.
 */
public abstract class PaletteScript extends Script {
    private @Nullable Evaluation evaluation;

    void evaluate(Evaluation with) {
        evaluation = with;
        run();
    }

    /** The experiment that the script describes: a method, so that an editor knows the block between the braces. */
    public void experiment(
            String name,
            @DelegatesTo(value = ExperimentBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> braces) {
        evaluation().callOutside("experiment", new Object[] {name, braces});
    }

    /** A word called at the top of the script: {@code experiment('quickstart') { … }}, {@code pal { size 204 }}. */
    public @Nullable Object methodMissing(String name, Object arguments) {
        return evaluation().callOutside(name, arguments);
    }

    /** A word that stands alone: {@code bertBase}, {@code fp32}. */
    public Object propertyMissing(String name) {
        return evaluation().readWord(name);
    }

    /** Refuses {@code x = 5} for an {@code x} nobody declared, which would pass for setting an option. */
    @Override
    public void setProperty(String name, @Nullable Object value) {
        evaluation()
                .refused(
                        evaluation().place(name),
                        new PaletteException("nothing is called '%1$s' here; declare a variable with: def %1$s = …"
                                .formatted(name)));
    }

    private Evaluation evaluation() {
        if (evaluation == null) {
            throw new IllegalStateException("the script is not being evaluated");
        }
        return evaluation;
    }
}
