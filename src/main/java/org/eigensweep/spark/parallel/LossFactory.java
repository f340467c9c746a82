package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.array.Device;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;

/** Makes the loss over some examples; it is sent to the executors. */
@FunctionalInterface
interface LossFactory extends Serializable {
  /**
   * The mean loss over some examples, without an L2 term, which belongs to the sum of all parts.
   *
   * @param device where everything lives
   * @param examples the examples
   * @return owned by the caller, who closes it
   */
  Objective open(Device device, Dataset examples);
}
