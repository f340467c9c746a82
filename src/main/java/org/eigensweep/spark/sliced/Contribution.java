package org.eigensweep.spark.sliced;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/** The work of a place on whole vectors; it is sent to the executors. */
@FunctionalInterface
public interface Contribution<P, E extends Serializable> extends Serializable {
  /**
   * Works on a block.
   *
   * @param place an element of the places
   * @param block n × m
   */
  PartResult<E> at(P place, HostMatrix block);
}
