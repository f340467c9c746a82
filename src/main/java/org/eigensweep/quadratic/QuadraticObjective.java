package org.eigensweep.quadratic;

import static org.eigensweep.array.Blocks.shared;
import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.Arrays;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;

/**
 * A quadratic on a device. It has no classes, so its accuracy is NaN. The means over all examples
 * are those of the definition and are not added up again.
 */
final class QuadraticObjective implements Objective {
  private final Device device;
  private final ExampleNoise noise;
  private final Scope scope;
  private final double smallest;
  private final Matrix eigenvalues;

  /** Null where the eigenvectors are the axes. */
  private final Matrix vectors;

  /** Null where no example has a shift. */
  private final Matrix shifts;

  /** Swaps two numbers: the Hessian of z₁z₂. */
  private final Matrix swap;

  QuadraticObjective(Device device, Quadratic quadratic) {
    this.device = device;
    this.noise = quadratic.noise();
    this.smallest = Arrays.stream(quadratic.eigenvalues().values()).min().orElseThrow();
    this.scope = device.open();
    try {
      this.eigenvalues = scope.copyOf(quadratic.eigenvalues());
      this.vectors = quadratic.vectors() == null ? null : scope.copyOf(quadratic.vectors());
      this.shifts = noise.shifts() == null ? null : scope.copyOf(noise.shifts());
      this.swap = scope.matrix(2, 2);
      swap.write(new double[] {0, 1, 1, 0});
    } catch (RuntimeException | Error e) { // memory may run out
      scope.close();
      throw e;
    }
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int parameters() {
    return eigenvalues.rows();
  }

  @Override
  public int examples() {
    return noise.examples();
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    try (Linearization here = linearize(theta)) {
      return here.evaluation();
    }
  }

  @Override
  public Linearization linearize(Matrix theta) {
    return new Here(theta);
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    try (Scope temporary = device.open()) {
      Matrix z = coordinates(theta, temporary);
      Matrix slope = temporary.matrix(parameters(), 1);
      device.multiply(eigenvalues, z, slope);
      double strength = noise.coupling() * noise.meanSign(examples);
      if (strength != 0) {
        Matrix first = z.view(0, 2, 1);
        device.gemm(NO, NO, strength, swap, first, 1, slope.view(0, 2, 1));
      }
      double loss = device.dot(z, slope) / 2; // of all terms of second order
      if (shifts != null) {
        Matrix shift = meanShift(examples, temporary);
        loss += device.dot(z, shift);
        device.axpy(1, shift, slope);
      }
      parametersOf(slope, gradient);
      return loss;
    }
  }

  private Matrix meanShift(int[] examples, Scope temporary) {
    Matrix chosen = temporary.matrix(parameters(), examples.length);
    device.gatherColumns(shifts, examples, chosen);
    Matrix mean = temporary.matrix(parameters(), 1);
    device.sumEach(1.0 / examples.length, shared(chosen), 0, shared(mean));
    return mean;
  }

  /** Qᵀ·block: the block itself where Q is the unit matrix. */
  private Matrix coordinates(Matrix block, Scope temporary) {
    if (vectors == null) {
      return block;
    }
    Matrix z = temporary.matrix(block.rows(), block.columns());
    device.gemm(YES, NO, 1, vectors, block, 0, z);
    return z;
  }

  /** theta ← Q·z. */
  private void parametersOf(Matrix z, Matrix theta) {
    if (vectors == null) {
      device.copy(z, theta);
    } else {
      device.gemm(NO, NO, 1, vectors, z, 0, theta);
    }
  }

  @Override
  public void close() {
    scope.close();
  }

  /** The mean over all examples at one point. */
  private final class Here implements Linearization {
    private final Scope own = device.open();
    private final Matrix gradient;
    private final Evaluation evaluation;

    Here(Matrix theta) {
      try {
        this.gradient = own.matrix(parameters(), 1);
        hessianProduct(theta, gradient);
        this.evaluation = new Evaluation(device.dot(theta, gradient) / 2, Double.NaN);
      } catch (RuntimeException | Error e) { // memory may run out
        own.close();
        throw e;
      }
    }

    @Override
    public Evaluation evaluation() {
      return evaluation;
    }

    @Override
    public Matrix gradient() {
      return gradient;
    }

    @Override
    public void hessianProduct(Matrix block, Matrix product) {
      try (Scope temporary = device.open()) {
        Matrix z = coordinates(block, temporary);
        Matrix scaled = temporary.matrix(block.rows(), block.columns());
        device.multiply(z, eigenvalues, scaled);
        parametersOf(scaled, product);
      }
    }

    /** The same where no eigenvalue is negative: L is then half the square of √λᵢ·zᵢ. */
    @Override
    public void gaussNewtonProduct(Matrix block, Matrix product) {
      if (smallest < 0) {
        throw new UnsupportedOperationException(
            "the Gauss-Newton matrix of a quadratic with the eigenvalue %s, expected none below 0:"
                    .formatted(smallest)
                + " it is no square of anything");
      }
      hessianProduct(block, product);
    }

    @Override
    public void close() {
      own.close();
    }
  }
}
