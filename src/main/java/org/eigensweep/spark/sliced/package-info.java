/**
 * Vectors as long as the parameters, in slices of rows on the executors: a device for eigensolvers
 * whose basis the driver could not hold.
 *
 * <p>This package knows Spark and the operations on matrices. It must not know networks, losses,
 * trials or what a vector means: the work between a gathering and a scattering of vectors is handed
 * to {@link org.eigensweep.spark.sliced.SlicedDevice#sumOver}.
 */
package org.eigensweep.spark.sliced;
