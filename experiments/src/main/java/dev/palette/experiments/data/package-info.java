/**
 * The data sets of the quickstart: three small tasks in GLUE's file layouts, made by us from hand-written patterns and
 * vocabulary, so that the project ships them under its own licence.
 *
 * <p>A <em>pattern</em> is a sentence with slots, {@code the {mood} {person} {past} the {thing}}, and one or more variants over
 * the same slots. Filling a pattern and its variant from one drawn {@link dev.palette.experiments.data.Scene} gives twins: two
 * rows of the same words and different labels. What tells them apart is the order of the words, so that counting words finds
 * nothing, whatever the classifier. Similarity has the same property by other means: each of its words is put in as often for
 * a synonym as for an unrelated word.
 *
 * <p>Everything follows from a seed; a test holds the shipped files to the generator's output. Reading such files is the work of
 * {@code dev.palette.task}; nothing here is used to train or evaluate.
 */
@NullMarked
package dev.palette.experiments.data;

import org.jspecify.annotations.NullMarked;
