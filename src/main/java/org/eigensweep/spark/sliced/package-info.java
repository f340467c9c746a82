/**
 * Vectors as long as the parameters, cut into slices of rows on the executors: a device for
 * eigensolvers whose basis does not fit the driver, and the files that keep such vectors.
 *
 * <p>This package knows Spark and the operations on matrices. It must not know networks, losses,
 * trials or what a vector means: what happens to gathered vectors is a task that callers pass to
 * {@link org.eigensweep.spark.sliced.Collectives}.
 */
package org.eigensweep.spark.sliced;
