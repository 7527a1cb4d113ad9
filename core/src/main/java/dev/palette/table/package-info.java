/**
 * Tables of results: what is in them, and how they are written.
 *
 * <p>There is one model, {@link dev.palette.table.Table}: headings, groups of rows, cells of typed figures, footnotes, notes. It is made of a
 * {@link dev.palette.result.RunSet} and a {@link dev.palette.table.TableSpec} ({@link dev.palette.table.ResultTable}), and written by {@link
 * dev.palette.table.TableFormat} for terminals, Markdown, LaTeX, CSV or JSON. No renderer computes, and no figure is rounded before it is
 * written.
 *
 * <p>Three rules hold for every table. A line is a mean over seeds, and over nothing else that it does not say: runs that differ in more
 * than the table shows are refused. What is not finished is seen to be missing. A difference is claimed with its interval, corrected for
 * all that are printed with it, and not at all from too few seeds ({@link dev.palette.table.ComparisonTable}).
 *
 * <p>Published results ({@link dev.palette.table.ReferenceTable}) stand beside ours, and are compared with them only where they are of the
 * same examples.
 */
@NullMarked
package dev.palette.table;

import org.jspecify.annotations.NullMarked;
