package dev.palette.train;

/** What a sampler takes for the sizes of tasks, where it is not to be the number of examples at hand. */
public enum TaskSizing {
    /** Those of the published data, also where only a part of them is at hand. */
    OFFICIAL
}
