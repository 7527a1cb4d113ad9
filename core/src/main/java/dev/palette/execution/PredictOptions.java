package dev.palette.execution;

import java.nio.file.Path;

/**
 * What a finished run is to predict, and with what at hand.
 *
 * @param dataDir the folder that holds the tasks' folders
 * @param cacheDir the folder of downloaded and converted weights
 * @param dev whether the labelled splits that are reported are predicted
 * @param test whether the test sets that are there are
 */
public record PredictOptions(Path dataDir, Path cacheDir, boolean dev, boolean test) {}
