/**
 * What is to be run: experiments, their trials, the words a script may use and the settings around it.
 *
 * <p>An {@link dev.palette.experiment.Experiment} is the whole of what a script says. Each part of it is a {@link
 * dev.palette.experiment.Space}: one value, or an {@link dev.palette.experiment.Axis} of several, also deep inside a block of options
 * ({@link dev.palette.experiment.Template}). A {@link dev.palette.experiment.Sweep} says which of the variants are run, and with which
 * seeds; {@code search} does so. Each is a {@link dev.palette.experiment.Trial}: the complete description of one
 * training, in which nothing is left to the machine it runs on. A trial has one canonical JSON text ({@link
 * dev.palette.experiment.TrialJson}) and is named by that text's hash. So "was this run already?" is a question about a
 * folder's name, a trial can be sent to any process or host as text, and a changed learning rate can never be taken for the
 * old one.
 *
 * <p>Which words there are is decided by what is installed: {@link dev.palette.experiment.Vocabulary} gathers Palette's own
 * and those of every {@link dev.palette.experiment.Plugin} on the class path. {@link dev.palette.experiment.Settings} are
 * the values that come from around a script: files, environment and command line.
 *
 * <p>Nothing here trains, and nothing here knows Groovy. How a description becomes tensors is told in {@code adapter},
 * {@code model} and {@code train}; what a trial left on disk in {@code result}.
 */
@NullMarked
package dev.palette.experiment;

import org.jspecify.annotations.NullMarked;
