/**
 * Takes what runs log to where people look at it: TensorBoard, MLflow, CSV.
 *
 * <p>An {@link dev.palette.export.Export} says where to, as settings describe it; it is a family of words like adapters and tasks, so
 * that a plug-in adds its own. Its {@link dev.palette.export.Exporter} takes each run there. It reads the run's folder and nothing else,
 * and so can do it while the run goes on ({@link dev.palette.export.ExportThread}) or any time later ({@link
 * dev.palette.export.CatchUp}), and no trial ever waits for it.
 *
 * <p>A destination knows itself how far it has come with a run, or is written anew: nothing about it is kept elsewhere, and whatever is
 * interrupted is done again with the same outcome. To that end the time of a point is not that of the clock but follows from the log:
 * the run's first start and the seconds of training since ({@link dev.palette.export.ExportedRun#time}).
 *
 * <p>Metrics are called {@code <part>/<name>}: {@code train/cola.loss} for the batches, {@code selection/cola.matthews} for the examples
 * that choose the checkpoint, {@code dev/cola.matthews} for what is reported. They are never mixed.
 */
@NullMarked
package dev.palette.export;

import org.jspecify.annotations.NullMarked;
