/**
 * Vectors as long as the parameters, in slices of rows on the executors: a device for eigensolvers
 * whose basis the driver could not hold, and the files in which such vectors outlive it.
 *
 * <p>This package knows Spark and the operations on matrices. It must not know networks, losses,
 * trials or what a vector means: the work between a gathering and a scattering of vectors is handed
 * to an {@link org.eigensweep.spark.sliced.Collectives}.
 */
package org.eigensweep.spark.sliced;
