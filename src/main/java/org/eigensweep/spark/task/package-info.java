/**
 * What has to be settled before a task may compute: how much memory its process may take, and which
 * GPU is the task's.
 *
 * <p>Knows what Spark says of executors, memory and GPUs. It must not know what is computed. How
 * ND4J is told stands in {@link org.eigensweep.array}.
 */
package org.eigensweep.spark.task;
