/**
 * The commands of the original code of "BERT and PALs", and of the code that it was made from: {@code run_multi_task}, {@code
 * run_classifier}, {@code run_squad}, {@code extract_features}, with the flags, defaults and output files of the Python scripts of
 * those names. A user of those types {@code ./palette} where {@code python} stood.
 *
 * <p>They are thin: a command turns its flags into the {@link dev.palette.experiment.Experiment} that a script would describe, and
 * copies what the run left to where the original puts it. What the original computes wrongly is reproduced only where {@code
 * --compatibility} asks for it.
 */
@NullMarked
package dev.palette.original;

import org.jspecify.annotations.NullMarked;
