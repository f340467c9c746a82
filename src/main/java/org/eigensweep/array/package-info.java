/**
 * Matrices on a device, and the short, closed list of operations that everything above runs on.
 *
 * <p>Knows ND4J and its native libraries: which calls are fast, how storage is pooled and freed.
 * ND4J's executioner is called nowhere else.
 *
 * <p>Must not know what the numbers mean: no networks, no eigenvalues, no data sets, no Spark.
 */
package org.eigensweep.array;
