package org.eigensweep.curvature;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The objective ½·Σ aᵢθᵢ² of seven examples, which counts what of it is open. Its Gauss–Newton
 * matrix is said to be twice its Hessian, so that the two cannot be mistaken for each other.
 */
public final class Parabola implements Objective {
  static final int EXAMPLES = 7;

  private final Scope scope;
  private final Matrix a;
  private int open = 1;
  private boolean fails;

  /** A parabola with these curvatures. */
  public Parabola(Device device, double... a) {
    this.scope = device.open();
    this.a = scope.matrix(a.length, 1);
    this.a.write(a);
  }

  /** Objectives and linearisations that are not closed yet. */
  int open() {
    return open;
  }

  /** No linearisation can be made from now on. */
  void fail() {
    fails = true;
  }

  @Override
  public Device device() {
    return a.device();
  }

  @Override
  public int parameters() {
    return a.rows();
  }

  @Override
  public int examples() {
    return EXAMPLES;
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    try (Linearization here = linearize(theta)) {
      return here.evaluation();
    }
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    device().multiply(a, theta, gradient);
    return device().dot(theta, gradient) / 2;
  }

  @Override
  public Linearization linearize(Matrix theta) {
    if (fails) {
      throw new IllegalStateException("no linearisation");
    }
    return new Here(theta);
  }

  @Override
  public void close() {
    open--;
    scope.close();
  }

  private final class Here implements Linearization {
    private final Scope own = device().open();
    private final Matrix gradient = own.matrix(parameters(), 1);
    private final double loss;

    Here(Matrix theta) {
      this.loss = minibatchGradient(theta, new int[0], gradient);
      open++;
    }

    @Override
    public Evaluation evaluation() {
      return new Evaluation(loss, 0.5);
    }

    @Override
    public Matrix gradient() {
      return gradient;
    }

    @Override
    public void hessianProduct(Matrix block, Matrix product) {
      device().multiply(block, a, product);
    }

    @Override
    public void gaussNewtonProduct(Matrix block, Matrix product) {
      hessianProduct(block, product);
      device().scale(2, product);
    }

    @Override
    public void close() {
      open--;
      own.close();
    }
  }
}
