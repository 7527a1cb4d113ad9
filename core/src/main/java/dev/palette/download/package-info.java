/**
 * Fetches the data sets that tasks are read from, and lays them out as the tasks expect them.
 *
 * <p>GLUE and SQuAD are published as archives at addresses that have stayed the same for years; the {@link
 * dev.palette.download.Catalogue} is the table of them, with the size and SHA-256 of every file. So it doesn't matter whom a file
 * comes from: the publisher, a mirror, or a person who carried it over on a disk. What has the right checksum is taken, anything
 * else is refused.
 *
 * <p>{@link dev.palette.download.DataDownload} goes through the data sets: what is there is left alone, what is missing is fetched
 * file by file ({@link dev.palette.remote.HttpFile}, which continues where an earlier attempt was cut off), unpacked or put together
 * ({@code Assembly}) in a hidden folder, and appears under its name when it is complete.
 */
@NullMarked
package dev.palette.download;

import org.jspecify.annotations.NullMarked;
