package org.eigensweep.experiment.sweep;

import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Objective;
import org.eigensweep.linalg.IndexRange;

/** A loss to be trained: all that a trial knows of it. */
public interface Problem {
  /** Format of all arithmetic. */
  Precision precision();

  /**
   * Parameters to start from, drawn or computed where they are needed.
   *
   * @param seed of the trial
   * @return n × 1
   */
  MatrixSource start(long seed);

  /**
   * Where the parameters of each layer lie in the vector of all, by the layer's name, in the
   * vector's order; empty where there are no layers.
   */
  default Map<String, IndexRange> layers() {
    return Map.of();
  }

  /**
   * The training loss.
   *
   * @return closed by the caller, before the device
   */
  Objective train(Device device);

  /**
   * The loss on held-out examples, without an L2 term. Where none are held out, its values are NaN.
   *
   * @return closed by the caller, before the device
   */
  Objective test(Device device);
}
