/**
 * What a person should know of a task's data before training on it: sizes, balance of labels, lengths in word pieces, and what stands in
 * two places. A {@link dev.palette.task.card.DataCard} is made of the files alone, without any model.
 */
@NullMarked
package dev.palette.task.card;

import org.jspecify.annotations.NullMarked;
