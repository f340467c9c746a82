/**
 * A sweep as a Spark application: {@link org.eigensweep.spark.SweepJob} takes a sweep and leaves
 * tables.
 *
 * <p>Below this package lie its rooms. {@code session} starts Spark; {@code run} decides what runs
 * where; {@code parallel} and {@code sliced} spread a loss and its vectors over executors; {@code
 * task} gets an executor ready; {@code progress} tells the console; {@code table} holds rows and
 * columns; {@code output} holds the folder of the results; {@code reading} reads the tables of such
 * folders back, {@code aggregate} draws them together over seeds, and {@code curve} thins them for
 * figures; {@code file} holds files that are whole or not used; {@code failure} says what went
 * wrong; {@code dl4j} has DL4J train and evaluate.
 *
 * <p>Knows Spark and Hadoop paths, and what {@code experiment} says of trials. Only records and
 * primitive arrays cross between driver and executors.
 *
 * <p>Must not know settings files, command lines or how results are shown, nor what a trial
 * computes: trials go through {@link org.eigensweep.experiment.walk.TrialRunner}.
 */
package org.eigensweep.spark;
