/**
 * A training loss whose passes over the data are Spark jobs: the training set lies in parts on the
 * executors, and the driver adds up what the parts give.
 *
 * <p>Knows Spark, and objectives from outside: what an executor keeps between jobs, what travels
 * and in which order sums are added. It must not know the trials that use the loss, nor how a
 * network computes it. Only records and primitive arrays cross between driver and executors.
 */
package org.eigensweep.spark.parallel;
