/**
 * Decides which variants of an experiment are run, and how far.
 *
 * <p>What may be run is described in {@code experiment}: spaces, axes, a sweep. Here it is searched. A {@link
 * dev.palette.search.Proposer} names the next point and is a function of what it is given: the point's number and the scores so far.
 * {@link dev.palette.search.RandomProposer} looks at the number alone, {@link dev.palette.search.Tpe} at the scores. A {@link
 * dev.palette.search.Judge} says of a trial on its way whether it goes on: {@link dev.palette.search.SuccessiveHalving}, {@link
 * dev.palette.search.MedianStopping}. {@link dev.palette.search.Study} puts the two to work: it is asked for trials and told of scores,
 * and writes down both in a {@link dev.palette.search.StudyLog} before anything hangs on them, so that a study which was interrupted
 * goes on as if it had not been.
 *
 * <p>Nothing here trains or knows of processes; {@code runner} asks a {@link dev.palette.search.TrialSource} for trials and tells it
 * what becomes of them.
 */
@NullMarked
package dev.palette.search;

import org.jspecify.annotations.NullMarked;
