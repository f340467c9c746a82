package org.eigensweep.spark.sliced;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/** What one partition computes from whole vectors. Spark sends it to the executors. */
@FunctionalInterface
public interface PartitionTask<P, E extends Serializable> extends Serializable {
  /**
   * Computes the result of one partition.
   *
   * @param partition the partition's element, its part of the training set as a rule
   * @param block the gathered vectors, n × m
   */
  PartitionResult<E> run(P partition, HostMatrix block);
}
