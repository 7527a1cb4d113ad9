package dev.palette.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A word that still works and should no longer be written: an option's method, or the {@link Block} of a word. Whoever writes it is told
 * what to write instead.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface ReplacedBy {
    /** What to write instead: {@code steps}. */
    String value();
}
