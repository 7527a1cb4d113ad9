/**
 * Workers as tasks of an Apache Spark application, on machines that see the same files as this one.
 *
 * <p>On this side {@link dev.palette.spark.SparkLaunchers} makes a {@code SparkLauncher}, which hands each trial to Spark as a job of one
 * task ({@code SparkTrial}) and hears of it by Spark's own heartbeats ({@code Heartbeats}). On a cluster's machine {@code TrialTask} has
 * the trial done by Palette in a process of its own ({@code NodeProcess}), which is started from the jars that were shipped with the application
 * ({@code ShippedCode}) and serves one trial after another ({@code IdleNodes}). What runs inside Spark's executor uses nothing but the JDK and
 * Spark, so that our libraries and Spark's do not meet there.
 *
 * <p>Spark queues, places, and finds out which machine is gone; retries are Palette's. No port and no daemon of ours.
 */
@NullMarked
package dev.palette.spark;

import org.jspecify.annotations.NullMarked;
