/**
 * What of a sweep runs where, from checkpoint to checkpoint: trunks and branches as tasks, or on
 * the driver with a job for each pass.
 *
 * <p>Knows Spark's jobs, broadcasts and pools, and in which order trunks, branches and tables
 * follow.
 *
 * <p>Must not know what a trial computes, nor how rows are written.
 */
package org.eigensweep.spark.run;
