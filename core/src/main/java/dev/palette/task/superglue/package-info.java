/**
 * SuperGLUE (Wang et al. 2019b): eight harder tasks of understanding, from the folders of its official download.
 *
 * <p>A {@link dev.palette.task.superglue.SuperGlueTask} is one of the {@link dev.palette.task.superglue.SuperGlueLayout}s. Six are
 * texts, pairs or choices with a label, read by {@code LabelledRows}. In MultiRC and ReCoRD a question has several candidates, each of which
 * the model judges by itself ({@code CandidateQuestions}); what it says of all of them is scored together ({@code Judging}).
 *
 * <p>WiC and WSC ask about words in their sentences. SuperGLUE's own baseline gives their vectors to the head beside that of [CLS]; here, as
 * in T5 (Raffel et al. 2020), the words are marked in the text and the head reads [CLS] alone, so that no task needs a head of its own.
 */
@NullMarked
package dev.palette.task.superglue;

import org.jspecify.annotations.NullMarked;
