package dev.palette.task.squad;

/**
 * What a person answered.
 *
 * @param text a part of the passage
 * @param start its first character's place in the passage, in code points from 0
 */
record Answer(String text, int start) {}
