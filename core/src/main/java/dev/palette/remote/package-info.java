/**
 * Files that others publish, fetched over HTTP.
 *
 * <p>A file that is known beforehand ({@link dev.palette.remote.RemoteFile}: address, size, {@link dev.palette.remote.Checksum}) comes
 * by {@link dev.palette.remote.HttpFile}, which goes on where an earlier attempt was cut off and gives the file its name only when
 * its checksum is right. So it doesn't matter whom it comes from. {@link dev.palette.remote.Http} sends the requests: it follows
 * redirects itself, so that a password given for one server is shown to no other, and gives up when a server says nothing.
 *
 * <p>Which files there are, and what a person can do without a network, is the business of who fetches: {@code hub} and {@code
 * download}. Maven's artifacts come by Maven's own resolver ({@code pretrained}).
 */
@NullMarked
package dev.palette.remote;

import org.jspecify.annotations.NullMarked;
