package org.eigensweep.spark.parallel;

import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.spark.task.DeviceChoice;

/** Where the parameters, updates and eigenvectors of a data-parallel trial are stored. */
public enum VectorPlacement {
  /** On the driver, which broadcasts blocks and collects partial sums. */
  DRIVER {
    @Override
    public SpreadTraining spread(
        JavaSparkContext spark,
        Protocol protocol,
        NetworkProblem problem,
        int partitions,
        Reduction reduction,
        DeviceChoice device) {
      return new ParallelTraining(spark, protocol, problem, partitions, reduction, device);
    }
  },
  /**
   * In slices on the executors, which exchange them in shuffles. The driver's memory does not grow
   * with the number of parameters. Sums are added in a fixed order.
   */
  SLICED {
    @Override
    public SpreadTraining spread(
        JavaSparkContext spark,
        Protocol protocol,
        NetworkProblem problem,
        int partitions,
        Reduction reduction,
        DeviceChoice device) {
      return new SlicedTraining(spark, protocol, problem, partitions, device);
    }
  };

  /**
   * Sends the training set to the executors.
   *
   * @param spark the context of all jobs
   * @param protocol how the network is trained
   * @param problem the network, with its examples
   * @param partitions number of partitions of the training set, and of slices of vectors, at least
   *     1. Batch normalisation couples groups of examples, and a partition holds whole groups, so
   *     there may be fewer partitions
   * @param reduction how partial sums are added; used for {@link #DRIVER} only
   * @param device on what the executors compute
   */
  public abstract SpreadTraining spread(
      JavaSparkContext spark,
      Protocol protocol,
      NetworkProblem problem,
      int partitions,
      Reduction reduction,
      DeviceChoice device);
}
