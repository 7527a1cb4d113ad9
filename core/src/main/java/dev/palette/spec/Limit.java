package dev.palette.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What values a component of a description may have. It is written once: the record {@linkplain Limits#check checks} it, and whoever
 * describes the option reads it.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Limit {
    /** The smallest value allowed. */
    double least() default Double.NEGATIVE_INFINITY;

    /** Whether only values above {@link #least} are allowed. */
    boolean above() default false;

    /** The largest value allowed. */
    double most() default Double.POSITIVE_INFINITY;
}
