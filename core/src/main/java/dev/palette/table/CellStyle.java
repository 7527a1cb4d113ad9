package dev.palette.table;

/** What a table shows of a figure over seeds. */
public enum CellStyle {
    /** The mean alone. */
    MEAN,
    /** The mean and the sample's standard deviation: how far apart seeds are. */
    DEVIATION,
    /** The mean and its 95 % interval by Student's t: how well the mean is known. */
    INTERVAL
}
