/**
 * Files that are either whole or absent, and folders that one process at a time may change.
 *
 * <p>A program can be stopped between any two instructions: by a signal, by a full disk, by the power. A file written in place
 * is then half old and half new. So nothing here is written in place: the new content goes to a temporary file in the same
 * folder, is forced to the disk, and takes the old name by a rename, which the file system does as one step. Whoever opens the
 * name sees the old content or the new, never a mixture ({@link dev.palette.storage.AtomicFile}).
 *
 * <p>Several processes may want to build the same cache at the same time. They take turns by a lock that the operating system
 * keeps, and gives back by itself when its owner dies ({@link dev.palette.storage.LockedFolder}). What was stored is recognised
 * again, and damage found, by its checksum ({@link dev.palette.storage.FileDigest}); small JSON files carry theirs in themselves
 * ({@link dev.palette.storage.SealedJson}), and are not read when they are not small, or no files ({@link
 * dev.palette.storage.SmallFile}).
 *
 * <p>What the files hold is the business of the packages that write them: tensors, results, checkpoints.
 */
@NullMarked
package dev.palette.storage;

import org.jspecify.annotations.NullMarked;
