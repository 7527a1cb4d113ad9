package dev.palette.dsl;

import dev.palette.spec.InlineCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What takes an {@link Evaluation} through a script: the {@link Execution} of it, or the {@link Rehearsal} that comes first. */
interface ScriptReading {
    /** Where the word stands that has been come upon. */
    Place place(String word);

    /** A function that the script declares. */
    interface OwnFunction {
        /** Calls it with the arguments it was looked up for. */
        @Nullable
        Object call();
    }

    /** A function of the script's own; nothing where it has none of this name that takes such arguments. */
    Optional<OwnFunction> own(String function, List<?> arguments);

    /**
     * The code of something that the script defines.
     *
     * @param prepared what the compiler put after the definition's braces
     */
    InlineCode code(List<?> prepared);

    /**
     * Whether a definition stands by itself and is meant as the option that its word names too, as in {@code adapter('gated') { … }}; in
     * {@code adapter choice(shared(), adapter('gated') { … })} it is a value.
     *
     * @param arguments what its call was given
     */
    boolean standsAlone(List<?> arguments);

    /** Whether what is come upon is sure to be executed, and once. */
    boolean isSure();

    /** Whether the script is only looked through. */
    boolean isRehearsal();
}
