/**
 * SQuAD v1.1 (Rajpurkar et al. 2016): a question about a passage of Wikipedia, whose answer is a run of the passage's words.
 *
 * <p>A {@link dev.palette.task.squad.Squad} task has a token head: for each word piece, how well an answer could start and how
 * well it could end there. A passage may be longer than what an encoder reads, so it is cut into overlapping windows ({@code
 * Windows}), each an example of the model; what the model says of all windows of a question becomes one answer ({@code
 * AnswerSearch}), which is given in the passage's own characters ({@code AnswerText}) and compared with what people answered
 * ({@link dev.palette.task.squad.AnswerMetric}).
 *
 * <p>All of it computes what the original's {@code run_squad.py} and SQuAD's official evaluation compute.
 */
@NullMarked
package dev.palette.task.squad;

import org.jspecify.annotations.NullMarked;
