package org.eigensweep.spark.parallel;

import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.data.Split;
import org.eigensweep.experiment.Protocol;

/** Where parameters, updates and eigenvectors of a trial on the driver live. */
public enum VectorPlacement {
  /** On the driver: blocks are broadcast, and partial sums come back. */
  DRIVER {
    @Override
    public SpreadTraining spread(
        JavaSparkContext spark,
        Protocol protocol,
        Split data,
        int partitions,
        Reduction reduction) {
      return new ParallelTraining(spark, protocol, data, partitions, reduction);
    }
  },
  /**
   * In slices on the executors, which exchange what they need: the driver's memory does not grow
   * with the parameters. Sums are ordered.
   */
  SLICED {
    @Override
    public SpreadTraining spread(
        JavaSparkContext spark,
        Protocol protocol,
        Split data,
        int partitions,
        Reduction reduction) {
      return new SlicedTraining(spark, protocol, data, partitions);
    }
  };

  /**
   * Sends the training set to the executors.
   *
   * @param spark the context of all jobs
   * @param protocol what all trials share
   * @param data the examples
   * @param partitions parts to cut the training set into, and slices of vectors, at least 1. Batch
   *     normalisation ties examples together, and parts begin at multiples of such a group: there
   *     may be fewer
   * @param reduction how the sums of the parts come together, where they come to the driver
   */
  public abstract SpreadTraining spread(
      JavaSparkContext spark, Protocol protocol, Split data, int partitions, Reduction reduction);
}
