/**
 * Tasks in files of one's own, as a script describes them: {@code task('intents') { csv 'intents/*.csv'; text 'utterance'; label 'intent'
 * }}.
 *
 * <p>{@link dev.palette.task.own.OwnTaskOptions} is the block, from which comes one of three descriptions: {@link
 * dev.palette.task.own.TextsTask} (texts or pairs with a label), {@link dev.palette.task.own.ChoicesTask} (one of several texts is right)
 * and {@link dev.palette.task.own.TagsTask} (a label for each token). All are in {@link dev.palette.task.own.SplitFiles}; how rows are
 * read is the business of {@code rows}.
 */
@NullMarked
package dev.palette.task.own;

import org.jspecify.annotations.NullMarked;
