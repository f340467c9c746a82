/**
 * A training loss whose passes over the data are Spark jobs: the training set lies in partitions on
 * the executors, and their partial sums are added.
 *
 * <p>Knows Spark, and the interface of an objective: what an executor caches between jobs, what is
 * sent, and in which order sums are added. It must not know the trials that use the loss, nor how a
 * network computes it. Only records and primitive arrays cross between driver and executors.
 */
package org.eigensweep.spark.parallel;
