package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.array.Device;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;

/** Makes the loss over some examples. Spark sends it to the executors. */
@FunctionalInterface
interface LossFactory extends Serializable {
  /**
   * Makes the mean loss over some examples, without the L2 term: the driver adds that once, to the
   * mean of all partitions.
   *
   * @param device holds all matrices
   * @param examples the examples
   * @return owned by the caller, who closes it
   */
  Objective open(Device device, Dataset examples);
}
