package org.eigensweep.spark.sliced;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/** The work of a place on whole vectors; it is sent to the executors. */
@FunctionalInterface
public interface PartitionTask<P, E extends Serializable> extends Serializable {
  /**
   * Works on a block.
   *
   * @param partition an element of the places
   * @param block n × m
   */
  PartitionResult<E> run(P partition, HostMatrix block);
}
