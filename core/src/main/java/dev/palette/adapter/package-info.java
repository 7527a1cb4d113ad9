/**
 * Parameters added to an encoder, per task or shared: one small file a method.
 *
 * <p>A layer of the encoder offers <em>sites</em> where something may join it ({@link dev.palette.adapter.LayerAdapter}); a method
 * says which sites it uses, which parameters it needs and what it computes there. The encoder knows sites, not methods.
 */
@NullMarked
package dev.palette.adapter;

import org.jspecify.annotations.NullMarked;
