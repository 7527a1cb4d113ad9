package dev.palette.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What values a component of a description may have. It is written once: the record {@linkplain Limits#check checks} it, and whoever
 * describes the option reads it.
 *
 * <p>Kotlin has no annotations of record components; there it stands on the field: {@code @field:Limit(least = 1.0) val size: Int}.
 */
@Documented
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Limit {
    /** The smallest value allowed. */
    double least() default Double.NEGATIVE_INFINITY;

    /** Whether only values above {@link #least} are allowed. */
    boolean above() default false;

    /** The largest value allowed. */
    double most() default Double.POSITIVE_INFINITY;
}
