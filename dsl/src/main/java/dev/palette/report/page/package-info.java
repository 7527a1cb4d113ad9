/**
 * The report as one HTML file that needs nothing else: data as JSON, the chart library, style and code are all in it.
 *
 * <p>{@link dev.palette.report.page.PageData} says what the page is told, {@link dev.palette.report.page.ReportPage} puts the file together
 * from the resources beside it. What is drawn, and that names and predictions of strangers stay text, is the business of these: see
 * {@code page.js}.
 */
@NullMarked
package dev.palette.report.page;

import org.jspecify.annotations.NullMarked;
