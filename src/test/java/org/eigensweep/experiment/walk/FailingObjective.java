package org.eigensweep.experiment.walk;

import java.util.function.Predicate;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.linalg.NotFiniteException;

/** An objective that a test may let fail at any call. */
final class FailingObjective implements Objective {
  /** What is asked of an objective and its linearisations. */
  enum Call {
    EVALUATE,
    LINEARIZE,
    BATCH,
    PRODUCT
  }

  private final Objective within;
  private final Predicate<Call> fails;

  /**
   * Wraps an objective.
   *
   * @param within closed with this
   * @param fails asked at every call whether it fails; then it throws before it does anything
   */
  FailingObjective(Objective within, Predicate<Call> fails) {
    this.within = within;
    this.fails = fails;
  }

  private void called(Call call) {
    if (fails.test(call)) {
      throw new NotFiniteException("a test's " + call);
    }
  }

  @Override
  public Device device() {
    return within.device();
  }

  @Override
  public int parameters() {
    return within.parameters();
  }

  @Override
  public int examples() {
    return within.examples();
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    called(Call.EVALUATE);
    return within.evaluate(theta);
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    called(Call.BATCH);
    return within.minibatchGradient(theta, examples, gradient);
  }

  @Override
  public Linearization linearize(Matrix theta) {
    called(Call.LINEARIZE);
    Linearization here = within.linearize(theta);
    return new Linearization() {
      @Override
      public Evaluation evaluation() {
        return here.evaluation();
      }

      @Override
      public Matrix gradient() {
        return here.gradient();
      }

      @Override
      public void hessianProduct(Matrix block, Matrix product) {
        called(Call.PRODUCT);
        here.hessianProduct(block, product);
      }

      @Override
      public void gaussNewtonProduct(Matrix block, Matrix product) {
        called(Call.PRODUCT);
        here.gaussNewtonProduct(block, product);
      }

      @Override
      public void close() {
        here.close();
      }
    };
  }

  @Override
  public void close() {
    within.close();
  }
}
