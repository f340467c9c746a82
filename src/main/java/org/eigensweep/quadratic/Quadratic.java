package org.eigensweep.quadratic;

import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.curvature.Objective;

/**
 * A quadratic loss: L(θ) = ½·Σ λᵢzᵢ² with the coordinates z = Qᵀθ along its eigenvectors, and
 * examples whose losses have this mean.
 *
 * @param eigenvalues λ, n × 1, of any sign and in any order
 * @param vectors Q, n × n, orthogonal; null for the unit matrix
 * @param noise how the examples differ
 */
public record Quadratic(
    HostMatrix.Doubles eigenvalues, HostMatrix.Doubles vectors, ExampleNoise noise)
    implements Serializable {
  /**
   * Draws a quadratic.
   *
   * @param eigenvalues λ, at least one
   * @param basis how Q is chosen
   * @param examples number of examples, at least 1
   * @param coupling c, by which the losses of even and odd examples differ from the mean by
   *     ±c·z₁z₂; where it is not zero, there are two eigenvalues and an even number of examples
   * @param deviations standard deviation of the examples' gradients along each eigenvector, without
   *     that of the coupling
   * @param seed of Q and of the examples
   */
  public static Quadratic of(
      List<Double> eigenvalues,
      Basis basis,
      int examples,
      double coupling,
      List<Double> deviations,
      long seed) {
    SplittableRandom root = new SplittableRandom(seed); // the purposes have streams of their own
    return new Quadratic(
        column(eigenvalues),
        basis.vectors(eigenvalues.size(), root.split()),
        ExampleNoise.draw(examples, coupling, deviations, root.split()));
  }

  private static HostMatrix.Doubles column(List<Double> values) {
    double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
    return new HostMatrix.Doubles(numbers.length, 1, numbers);
  }

  /** Number of parameters n. */
  public int parameters() {
    return eigenvalues.rows();
  }

  /** Number of examples. */
  public int examples() {
    return noise.examples();
  }

  /**
   * A point in parameter space.
   *
   * @param coordinates z, along the eigenvectors
   * @return θ = Qz, n × 1
   */
  public HostMatrix point(List<Double> coordinates) {
    HostMatrix.Doubles z = column(coordinates);
    if (vectors == null) {
      return z;
    }
    int n = parameters();
    double[] theta = new double[n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        theta[i] += vectors.values()[j * n + i] * z.values()[j];
      }
    }
    return new HostMatrix.Doubles(n, 1, theta);
  }

  /**
   * The loss on a device.
   *
   * @return owned by the caller, who closes it
   */
  public Objective open(Device device) {
    return new QuadraticObjective(device, this);
  }
}
