/**
 * An experiment run in front of a person: progress, Ctrl-C, the table at the end, and the exit code. Every command that trains
 * does it through a {@link dev.palette.session.Session}; what the command is called and which options it takes is no concern of
 * this package.
 */
@NullMarked
package dev.palette.session;

import org.jspecify.annotations.NullMarked;
