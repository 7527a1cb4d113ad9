package dev.palette.kernel;

/**
 * The projections of multi-head self-attention (Vaswani et al. 2017, §3.2), without the one after it.
 *
 * @param query (H, H)
 * @param key (H, H)
 * @param value (H, H)
 * @param heads heads, each of H/heads columns
 */
public record SelfAttention(Linear query, Linear key, Linear value, int heads) {}
