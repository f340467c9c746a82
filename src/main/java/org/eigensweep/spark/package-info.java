/**
 * A sweep as a Spark application: what runs where, how its steps reach the console, and the tables
 * that it leaves.
 *
 * <p>This package knows Spark and Hadoop paths, and what {@code experiment} says of trials. It must
 * not know settings files, command lines or how results are shown; nor what a trial computes:
 * trials go through {@link org.eigensweep.experiment.TrialRunner}. Only records and primitive
 * arrays cross between driver and executors.
 */
package org.eigensweep.spark;
