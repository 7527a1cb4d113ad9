/**
 * How things are described: blocks of options, the words that name them, and the errors a person can act on.
 *
 * <p>Every adapter, sampling method, task, optimizer and training plan is an immutable record, made by a {@link Block} of
 * options with defaults. What the records <em>mean</em> lives in the package of each concept; nothing here knows of tensors,
 * files or Groovy.
 */
@NullMarked
package dev.palette.spec;

import org.jspecify.annotations.NullMarked;
