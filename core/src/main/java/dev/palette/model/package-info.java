/**
 * The BERT encoder and the multi-task model on top of it, written in the operations of {@code kernel}.
 *
 * <p>A few immutable classes look like the equations: {@code BertEncoder} (embeddings and the stack of layers, each a {@link
 * dev.palette.adapter.BertLayer}) and {@link dev.palette.model.MultiTaskModel} (pooler and one head a
 * task). Their tensors come from {@link dev.palette.model.ModelParameters}, which declares, initialises and loads them. How weights
 * change is decided in {@code train}.
 */
@NullMarked
package dev.palette.model;

import org.jspecify.annotations.NullMarked;
