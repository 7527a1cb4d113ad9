/**
 * Experiments written in Groovy: a script is evaluated once, from top to bottom, into an immutable
 * {@link dev.palette.experiment.Experiment}.
 *
 * <p>A script knows two kinds of words. <em>Options</em> are the words of one block: {@code steps} means something inside
 * {@code train { }} and nowhere else. They are the public methods of the block's own Java class ({@link dev.palette.spec.Block}), so
 * Groovy, Java, {@code --set} and the documentation can't disagree about them. <em>Values</em> are what options are given, and mean the same everywhere: {@code pal { size 204 }}, {@code annealed { from 1.0 }},
 * {@code glue.cola}, {@code holdout(0.1)}, {@code fp32}. Most of them come from the
 * {@link dev.palette.experiment.Vocabulary}: a plug-in's words are there as soon as its jar is on the class path.
 *
 * <p>A script is code and is trusted as such, but nothing in it is silently ignored: an unknown word, a value of the wrong type,
 * an option given twice, a value given to no option, a Groovy label ({@code steps: 5}) and an undeclared variable each end the
 * evaluation with one message that names the file and the line, shows the line, and says what is known there.
 *
 * <p>{@link dev.palette.dsl.ExperimentScript} is the way in. What an experiment is, and what is done with it, lives in
 * {@code experiment} and {@code runner}; neither knows of Groovy.
 */
@NullMarked
package dev.palette.dsl;

import org.jspecify.annotations.NullMarked;
