package dev.palette.task;

import org.jspecify.annotations.Nullable;

/**
 * One labelled text or pair of texts.
 *
 * @param row its row in the file, from 0; the header is not counted, skipped rows are
 * @param textA the text, or the first of a pair
 * @param textB the second of a pair
 * @param label the class's index in {@link Target.Classification#labels()}, or the score in the units of
 *     {@link Target.Regression}; NaN where the split has no labels
 */
public record Example(int row, String textA, @Nullable String textB, double label) {}
