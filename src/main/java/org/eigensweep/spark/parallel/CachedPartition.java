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
 * A partition of the training set as an executor caches it: its examples on a device of its own,
 * and the latest linearisation. One thread uses a device at a time, so tasks on the same partition
 * take turns; tasks on different partitions do not wait for each other.
 *
 * <p>Everything here can be made again. The first use opens it; so does the first use after it was
 * closed.
 */
final class CachedPartition implements AutoCloseable {
  private final PartitionCache.Setup setup;
  private final Devices devices;
  private final Dataset examples;
  private Device device;
  private Objective loss;
  private Scope scope;
  private Linearization linearization;
  private long version;

  CachedPartition(PartitionCache.Setup setup, Devices devices, Dataset examples) {
    this.setup = setup;
    this.devices = devices;
    this.examples = examples;
  }

  /** Sums of the loss and of correct predictions, without vectors. */
  synchronized PartialSum evaluate(HostMatrix theta) {
    open();
    try (Scope temporary = device.open()) {
      HostMatrix noVectors = noVectors(theta.rows());
      return sum(loss.evaluate(temporary.copyOf(theta)), noVectors);
    }
  }

  private HostMatrix noVectors(int rows) {
    return device.precision() == Precision.FLOAT32
        ? new HostMatrix.Floats(rows, 0, new float[0])
        : new HostMatrix.Doubles(rows, 0, new double[0]);
  }

  /**
   * Sums of the loss, of correct predictions and of the gradient. Closes the linearisation at an
   * earlier point.
   */
  synchronized PartialSum linearize(LinearizationPoint point) {
    open();
    Linearization linearized = linearizationAt(point);
    try (Scope temporary = device.open()) {
      Matrix gradient = temporary.matrix(linearized.gradient().rows(), 1);
      device.copy(linearized.gradient(), gradient);
      return sum(linearized.evaluation(), sum(gradient));
    }
  }

  /**
   * Sums of the loss and gradient over some of its examples.
   *
   * @param examples indices within this partition, at least one
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

  /** The sum over the examples of products with a block, n × m. */
  synchronized PartialSum product(
      LinearizationPoint point, HostMatrix block, CurvatureProduct matrix) {
    open();
    return product(linearizationAt(point), block, matrix);
  }

  /**
   * The same at a point that was linearised here before.
   *
   * @param version identifies the point
   * @throws IllegalStateException if that linearisation was lost
   */
  synchronized PartialSum product(long version, HostMatrix block, CurvatureProduct matrix) {
    if (linearization == null || this.version != version) {
      throw new IllegalStateException(
          "a linearisation was lost with its executor: start again, and the sweep goes on from its"
              + " last finished trial");
    }
    return product(linearization, block, matrix);
  }

  private PartialSum product(Linearization linearized, HostMatrix block, CurvatureProduct matrix) {
    try (Scope temporary = device.open()) {
      Matrix product = temporary.matrix(block.rows(), block.columns());
      matrix.apply(linearized, temporary.copyOf(block), product);
      return new PartialSum(0, 0, examples.examples(), sum(product));
    }
  }

  private PartialSum sum(Evaluation mean, HostMatrix vectors) {
    int count = examples.examples();
    return new PartialSum(mean.loss() * count, mean.accuracy() * count, count, vectors);
  }

  /** Turns a mean over the examples into their sum. */
  private HostMatrix sum(Matrix mean) {
    device.scale(examples.examples(), mean);
    return mean.toHost();
  }

  private void open() {
    if (device == null) {
      device = devices.open(setup.precision(), setup.threads());
    }
    if (loss == null) {
      loss = setup.loss().open(device, examples);
    }
  }

  private Linearization linearizationAt(LinearizationPoint point) {
    if (linearization == null || version != point.version()) {
      closeLinearization();
      scope = device.open();
      linearization = loss.linearize(scope.copyOf(point.theta()));
      version = point.version();
    }
    return linearization;
  }

  private void closeLinearization() {
    if (linearization != null) {
      linearization.close();
      linearization = null;
    }
    if (scope != null) {
      scope.close();
      scope = null;
    }
  }

  @Override
  public synchronized void close() {
    closeLinearization();
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
