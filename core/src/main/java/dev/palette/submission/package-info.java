/**
 * What GLUE's server is sent: a zip archive of eleven tables, one for each of its test sets.
 *
 * <p>The labels of GLUE's test sets are known to its server alone (<a href="https://gluebenchmark.com">gluebenchmark.com</a>), which
 * scores an archive only when all its tables are there ({@link dev.palette.submission.GlueTable}). A {@link
 * dev.palette.submission.Submission} takes them from the predictions that runs left ({@link
 * dev.palette.submission.PredictionFolders}), and gives a task that no run predicts the answer of the model that looks at no text.
 */
@NullMarked
package dev.palette.submission;

import org.jspecify.annotations.NullMarked;
