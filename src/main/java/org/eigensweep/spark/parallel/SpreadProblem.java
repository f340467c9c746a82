package org.eigensweep.spark.parallel;

import java.util.Map;
import java.util.function.Function;
import org.eigensweep.array.Device;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.linalg.IndexRange;

/**
 * A network's problem whose losses are computed by executors.
 *
 * @param whole the same in one process
 * @param mean opens the training loss without its L2 term
 * @param held opens the loss on held-out examples
 */
record SpreadProblem(
    NetworkProblem whole, Function<Device, Objective> mean, Function<Device, Objective> held)
    implements Problem {
  @Override
  public Precision precision() {
    return whole.precision();
  }

  @Override
  public MatrixSource start(long seed) {
    return whole.start(seed);
  }

  @Override
  public Map<String, IndexRange> layers() {
    return whole.layers();
  }

  @Override
  public Objective train(Device device) {
    return whole.network().withL2Term(mean.apply(device));
  }

  @Override
  public Objective test(Device device) {
    return held.apply(device);
  }
}
