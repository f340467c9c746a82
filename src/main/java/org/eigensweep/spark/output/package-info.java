/**
 * The folder of a sweep's results: which trials are in it and whole, how far those have come that
 * are not finished, and which driver has it.
 *
 * <p>Knows Hadoop's file systems, and in which order the files of a trial are written.
 *
 * <p>Must not know where trials run.
 */
package org.eigensweep.spark.output;
