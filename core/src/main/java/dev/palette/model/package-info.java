/**
 * The BERT encoder and the multi-task model on top of it, written in the operations of {@code kernel}.
 *
 * <p>A few immutable classes look like the equations: {@code BertEncoder} (embeddings and the stack of layers, each a {@link
 * dev.palette.adapter.BertLayer}) and {@link dev.palette.model.MultiTaskModel} (pooler and one head a
 * task). Their tensors come from {@link dev.palette.model.ModelParameters}, which declares, initialises and loads them. How weights
 * change is decided in {@code train}.
 *
 * <p>The original code's models in these terms:
 *
 * <table>
 *   <caption>The original's classes</caption>
 *   <tr><th>the original</th><th>here</th></tr>
 *   <tr><td>{@code BertModel}</td><td>{@link dev.palette.model.Encoder}: all layers' outputs and the pooled output</td></tr>
 *   <tr><td>{@code BertForMultiTask}</td><td>{@link dev.palette.model.MultiTaskModel}, each task with a {@link
 *       dev.palette.task.Head.Sequence}</td></tr>
 *   <tr><td>{@code BertForSequenceClassification}</td><td>the same with one task, and {@link dev.palette.adapter.Shared} for an
 *       adapter</td></tr>
 *   <tr><td>{@code BertForQuestionAnswering}</td><td>likewise with a {@link dev.palette.task.Head.Token} of 2 outputs ({@code
 *       squad.v11})</td></tr>
 *   <tr><td>{@code BertForMultipleChoice}</td><td>likewise with a {@link dev.palette.task.Head.Choice} (examples as {@link
 *       dev.palette.task.LabelledChoices})</td></tr>
 * </table>
 *
 * <p>Heads and adapters go together as one likes: questions can be answered by a model with PALs that learns GLUE beside them.
 */
@NullMarked
package dev.palette.model;

import org.jspecify.annotations.NullMarked;
