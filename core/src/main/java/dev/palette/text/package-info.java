/**
 * From a text to the numbers that BERT reads.
 *
 * <p>BERT does not know words but <em>word pieces</em>: WordPiece splits a text at white space and punctuation, then each word,
 * from the left, into the longest pieces its vocabulary holds: {@code unaffable} becomes {@code una ##ffa ##ble}. Each piece
 * is a line number in {@code vocab.txt}. A sequence starts with {@code [CLS]}, whose final state stands for the whole, and ends
 * with {@code [SEP]}; of two texts each ends with one, and a <em>token type</em> of 0 or 1 tells them apart
 * ({@code [CLS] a [SEP] b [SEP]}, Devlin et al. 2019, §3). A pair that is too long loses pieces from the end of its longer text.
 *
 * <p>Other encoders have other pieces (byte pairs, unigrams) and other special tokens. What they have in common is {@link
 * dev.palette.text.Tokenizer}; {@link dev.palette.text.TokenizerFile} does what a Hugging Face {@code tokenizer.json} says.
 *
 * <p>{@link dev.palette.text.WordPiece} splits by a {@link dev.palette.text.Vocabulary}; {@link dev.palette.text.Features} is the
 * sequence. Nothing here pads: how long a batch is, is decided where batches are made, in {@code task}.
 */
@NullMarked
package dev.palette.text;

import org.jspecify.annotations.NullMarked;
