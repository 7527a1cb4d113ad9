/**
 * Files of examples as rows of named columns, whatever their format.
 *
 * <p>A {@link dev.palette.task.rows.Table} gives the rows of one file in order; a {@link dev.palette.task.rows.Row} knows where it stands, so
 * that every finding names the file, the line or row, the column, what was found and what was expected. {@link
 * dev.palette.task.rows.TableFormat} has a reader for each format. What the columns mean is a task's business, not that of this package.
 */
@NullMarked
package dev.palette.task.rows;

import org.jspecify.annotations.NullMarked;
