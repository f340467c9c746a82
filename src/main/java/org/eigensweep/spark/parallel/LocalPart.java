package org.eigensweep.spark.parallel;

import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;

/**
 * What an executor keeps of a part: its examples on a device of their own, and the linearisation
 * made there last. A device is used by one thread at a time, so tasks on one part take turns; tasks
 * on different parts do not wait for each other.
 *
 * <p>Everything here can be made again. Opened at the first use, and at the next one after it was
 * closed.
 */
final class LocalPart implements AutoCloseable {
  private final PartCache.Tools tools;
  private final Dataset examples;
  private Device device;
  private Objective loss;
  private Scope scope;
  private Linearization here;
  private long version;

  LocalPart(PartCache.Tools tools, Dataset examples) {
    this.tools = tools;
    this.examples = examples;
  }

  /** Loss and right answers. */
  synchronized PartialSum evaluate(HostMatrix theta) {
    open();
    try (Scope temporary = device.open()) {
      HostMatrix nothing = nothing(theta.rows());
      return sum(loss.evaluate(temporary.copyOf(theta)), nothing);
    }
  }

  private HostMatrix nothing(int rows) {
    return device.precision() == Precision.FLOAT32
        ? new HostMatrix.Floats(rows, 0, new float[0])
        : new HostMatrix.Doubles(rows, 0, new double[0]);
  }

  /** Loss, right answers and gradient; closes the linearisation at another point. */
  synchronized PartialSum linearize(LinearizationPoint point) {
    open();
    Linearization at = at(point);
    try (Scope temporary = device.open()) {
      Matrix gradient = temporary.matrix(at.gradient().rows(), 1);
      device.copy(at.gradient(), gradient);
      return sum(at.evaluation(), sum(gradient));
    }
  }

  /**
   * Loss and gradient over some of its examples.
   *
   * @param examples places among its own, at least one
   */
  synchronized PartialSum minibatch(HostMatrix theta, int[] examples) {
    open();
    try (Scope temporary = device.open()) {
      Matrix gradient = temporary.matrix(theta.rows(), 1);
      double mean = loss.minibatchGradient(temporary.copyOf(theta), examples, gradient);
      device.scale(examples.length, gradient);
      double sum = mean * examples.length;
      return new PartialSum(sum, Double.NaN, examples.length, gradient.toHost());
    }
  }

  /** Products with a block, n × m. */
  synchronized PartialSum product(
      LinearizationPoint point, HostMatrix block, CurvatureProduct matrix) {
    open();
    return product(at(point), block, matrix);
  }

  /**
   * Products with a block, n × m, at a point that was linearised here.
   *
   * @param version of the point
   * @throws IllegalStateException if that linearisation was lost
   */
  synchronized PartialSum product(long version, HostMatrix block, CurvatureProduct matrix) {
    if (here == null || this.version != version) {
      throw new IllegalStateException(
          "a linearisation was lost with its executor: start again, and the sweep goes on from its"
              + " last finished trial");
    }
    return product(here, block, matrix);
  }

  private PartialSum product(Linearization at, HostMatrix block, CurvatureProduct matrix) {
    try (Scope temporary = device.open()) {
      Matrix product = temporary.matrix(block.rows(), block.columns());
      matrix.apply(at, temporary.copyOf(block), product);
      return new PartialSum(0, 0, examples.examples(), sum(product));
    }
  }

  private PartialSum sum(Evaluation mean, HostMatrix vectors) {
    int count = examples.examples();
    return new PartialSum(mean.loss() * count, mean.accuracy() * count, count, vectors);
  }

  /** Takes a mean over the examples to their sum. */
  private HostMatrix sum(Matrix mean) {
    device.scale(examples.examples(), mean);
    return mean.toHost();
  }

  private void open() {
    if (device == null) {
      device = Devices.open(tools.precision(), tools.threads());
    }
    if (loss == null) {
      loss = tools.loss().open(device, examples);
    }
  }

  private Linearization at(LinearizationPoint point) {
    if (here == null || version != point.version()) {
      leave();
      scope = device.open();
      here = loss.linearize(scope.copyOf(point.theta()));
      version = point.version();
    }
    return here;
  }

  private void leave() {
    if (here != null) {
      here.close();
      here = null;
    }
    if (scope != null) {
      scope.close();
      scope = null;
    }
  }

  @Override
  public synchronized void close() {
    leave();
    if (loss != null) {
      loss.close();
      loss = null;
    }
    if (device != null) {
      device.close();
      device = null;
    }
  }
}
