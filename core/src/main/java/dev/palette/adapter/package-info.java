/**
 * Parameters added to an encoder, per task or shared: one small file a method.
 *
 * <p>A layer of the encoder offers <em>sites</em> where something may join it ({@link dev.palette.adapter.LayerAdapter}); a method
 * says which sites it uses, which parameters it needs and what it computes there. The encoder knows sites, not methods:
 * {@link dev.palette.adapter.BertLayer} is where they can be seen, and one more is above the last layer ({@link
 * dev.palette.adapter.Adapter#onTop}). Where nothing is added nothing is computed.
 *
 * <p>What is computed beside others and added to them ({@link dev.palette.adapter.ParallelAdapter}) can be given another place or be
 * scaled by another method; any methods can be added up ({@link dev.palette.adapter.Composed}).
 */
@NullMarked
package dev.palette.adapter;

import org.jspecify.annotations.NullMarked;
