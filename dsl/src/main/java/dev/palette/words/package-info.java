/**
 * The words of scripts described: for a person, for a program, and for an editor's completion.
 *
 * <p>Nothing is written twice. Which words and options there are, and what they take, says {@link dev.palette.dsl.Lexicon}, by the same
 * blocks that a script fills; ranges are those that records check; defaults are those of a fresh block; what a word means, and where it
 * comes from, is its class's Javadoc, which the build keeps in the jar.
 */
@NullMarked
package dev.palette.words;

import org.jspecify.annotations.NullMarked;
