/**
 * A label for each token of a sentence: named entities (Tjong Kim Sang &amp; De Meulder 2003), parts of speech, chunks.
 *
 * <p>A token may be several word pieces. Its first piece is labelled and predicted by, as BERT's own paper does (Devlin et al. 2019, §5.3);
 * the others count for nothing. {@link dev.palette.task.tags.TaggedSentences} are a split as its file has it, from which comes the dataset
 * that makes outputs into tags; {@link dev.palette.task.tags.TagMetric} scores them, spans as CoNLL's and seqeval's scorers count them.
 */
@NullMarked
package dev.palette.task.tags;

import org.jspecify.annotations.NullMarked;
