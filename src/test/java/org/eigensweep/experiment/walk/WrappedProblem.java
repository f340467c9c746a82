package org.eigensweep.experiment.walk;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.eigensweep.array.Device;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.linalg.IndexRange;

/**
 * A problem whose training loss is seen through something else.
 *
 * @param problem the problem
 * @param training takes its training loss to what is used instead
 */
record WrappedProblem(Problem problem, UnaryOperator<Objective> training) implements Problem {
  /** A runner of a network on a device, which it closes. */
  static LocalRunner runner(Protocol protocol, Device device, UnaryOperator<Objective> training) {
    return LocalRunner.on(
        device,
        new WrappedProblem(Protocols.PROBLEM, training),
        protocol.plan(),
        protocol.following());
  }

  @Override
  public Precision precision() {
    return problem.precision();
  }

  @Override
  public MatrixSource start(long seed) {
    return problem.start(seed);
  }

  @Override
  public Map<String, IndexRange> layers() {
    return problem.layers();
  }

  @Override
  public Objective train(Device device) {
    return training.apply(problem.train(device));
  }

  @Override
  public Objective test(Device device) {
    return problem.test(device);
  }
}
