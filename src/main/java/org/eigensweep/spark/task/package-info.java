/**
 * What must be set before a task computes: the memory limit of its process, and its GPU.
 *
 * <p>Knows Spark's settings of executors, memory and GPUs. It must not know what tasks compute.
 * ND4J's side is in {@link org.eigensweep.array}.
 */
package org.eigensweep.spark.task;
