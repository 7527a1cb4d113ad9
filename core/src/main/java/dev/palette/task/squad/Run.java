package dev.palette.task.squad;

/** Things in a row, of words or of word pieces, by the places of the first and the last. */
record Run(int first, int last) {}
