package org.eigensweep.experiment.walk;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.GradientNoise;
import org.eigensweep.experiment.sweep.RandomStream;

/**
 * Estimates the covariance of the mini-batch gradient from mini-batches of its own: each a random
 * set of examples without repetition, independent of the others and of those that training sees.
 */
final class NoiseProbe {
  private final Objective train;
  private final int batchSize;
  private final int batches;
  private final long seed;

  /**
   * A probe.
   *
   * @param train the training loss
   * @param batchSize examples of a mini-batch
   * @param batches mini-batches at a point, at least two
   * @param seed of the trial
   */
  NoiseProbe(Objective train, int batchSize, int batches, long seed) {
    this.train = train;
    this.batchSize = batchSize;
    this.batches = batches;
    this.seed = seed;
  }

  /**
   * The covariance at a point.
   *
   * @param theta the point, n × 1
   * @param center a vector near the mean of the gradients, n × 1: sums of squares around it keep
   *     their digits
   * @param basis n × pairs, orthonormal
   * @param step number of the point, which fixes the mini-batches
   */
  GradientNoise at(Matrix theta, Matrix center, Matrix basis, int step) {
    Device device = theta.device();
    RandomGenerator random = RandomStream.GRADIENT_NOISE.of(seed, step);
    int[] order = new int[train.examples()];
    Arrays.setAll(order, i -> i);
    Moments along = new Moments(basis.columns());
    double squares = 0;
    double squareOfSum;
    try (Scope temporary = device.open()) {
      Matrix gradient = temporary.matrix(theta.rows(), 1);
      Matrix sum = temporary.zeros(theta.rows(), 1);
      for (int batch = 0; batch < batches; batch++) {
        train.minibatchGradient(theta, draw(random, order), gradient);
        device.axpy(-1, center, gradient);
        device.axpy(1, gradient, sum);
        squares += device.dot(gradient, gradient);
        along.add(device.dots(basis, gradient));
      }
      squareOfSum = device.dot(sum, sum);
    }
    return new GradientNoise(variance(squares, squareOfSum), along.variances());
  }

  /** A random set of examples, by the first steps of Fisher and Yates's shuffle. */
  private int[] draw(RandomGenerator random, int[] order) {
    for (int i = 0; i < batchSize; i++) {
      int j = random.nextInt(i, order.length);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return Arrays.copyOf(order, batchSize);
  }

  /** The unbiased estimate; rounding below zero is zero. */
  private double variance(double squares, double squareOfSum) {
    return Math.max(0, (squares - squareOfSum / batches) / (batches - 1));
  }

  /** Sums along each vector of the basis. */
  private final class Moments {
    private final double[] sums;
    private final double[] squares;

    Moments(int count) {
      sums = new double[count];
      squares = new double[count];
    }

    void add(double[] dots) {
      for (int i = 0; i < dots.length; i++) {
        sums[i] += dots[i];
        squares[i] += dots[i] * dots[i];
      }
    }

    double[] variances() {
      double[] variances = new double[sums.length];
      Arrays.setAll(variances, i -> variance(squares[i], sums[i] * sums[i]));
      return variances;
    }
  }
}
