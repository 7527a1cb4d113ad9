/**
 * Models of the Hugging Face hub: their files, in the cache that the hub's own libraries keep.
 *
 * <p>A model is a git repository on a server ({@link dev.palette.hub.ModelId}: {@code google/electra-small-discriminator}); a branch or
 * a tag of it stands for a commit. The cache ({@link dev.palette.hub.HubPlaces} says where) has a folder for each model:
 *
 * <pre>
 * models--google--electra-small-discriminator/
 *     refs/main                       the commit that the branch stood for when it was last asked for
 *     snapshots/COMMIT/config.json    a link to ../../blobs/…
 *     blobs/ETAG                      content, under git's name for it, or under its SHA-256 where it is large
 * </pre>
 *
 * <p>What is there is read without a word to the server ({@code ModelFolder}); what is missing is fetched ({@code HubServer}, by
 * {@code remote}), checked, and laid down in the same form, so that Python finds it too. {@link dev.palette.hub.Hub} does both.
 *
 * <p>Which files make an encoder is not known here: {@code pretrained} says so.
 */
@NullMarked
package dev.palette.hub;

import org.jspecify.annotations.NullMarked;
