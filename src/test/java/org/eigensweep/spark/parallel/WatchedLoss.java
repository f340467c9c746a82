package org.eigensweep.spark.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;

/**
 * A loss that counts what is open of it in this process, and fails when it is told to. In local
 * mode the executor is this process.
 */
record WatchedLoss(Objective within) implements Objective {
  static final AtomicInteger OPEN_OBJECTIVES = new AtomicInteger();
  static final AtomicInteger OPEN_LINEARIZATIONS = new AtomicInteger();

  /** All that were ever made. */
  static final AtomicInteger LINEARIZATIONS = new AtomicInteger();

  /** Products that fail from now on. */
  static final AtomicInteger FAILURES = new AtomicInteger();

  /** Losses that cannot be opened from now on. */
  static final AtomicInteger FAILURES_TO_OPEN = new AtomicInteger();

  private static boolean fails(AtomicInteger failures) {
    return failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  static void reset() {
    FAILURES_TO_OPEN.set(0);
    OPEN_OBJECTIVES.set(0);
    OPEN_LINEARIZATIONS.set(0);
    LINEARIZATIONS.set(0);
    FAILURES.set(0);
  }

  /** Watches what a factory makes. */
  static LossFactory of(LossFactory factory) {
    return (device, examples) -> {
      if (fails(FAILURES_TO_OPEN)) {
        throw new IllegalStateException("this loss cannot be opened");
      }
      OPEN_OBJECTIVES.incrementAndGet();
      return new WatchedLoss(factory.open(device, examples));
    };
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
    return within.evaluate(theta);
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    throw new UnsupportedOperationException("no mini-batch runs on an executor");
  }

  @Override
  public Linearization linearize(Matrix theta) {
    OPEN_LINEARIZATIONS.incrementAndGet();
    LINEARIZATIONS.incrementAndGet();
    return new Watched(within.linearize(theta));
  }

  @Override
  public void close() {
    OPEN_OBJECTIVES.decrementAndGet();
    within.close();
  }

  private record Watched(Linearization within) implements Linearization {
    @Override
    public Evaluation evaluation() {
      return within.evaluation();
    }

    @Override
    public Matrix gradient() {
      return within.gradient();
    }

    @Override
    public void hessianProduct(Matrix block, Matrix product) {
      if (fails(FAILURES)) {
        throw new IllegalStateException("this product fails");
      }
      within.hessianProduct(block, product);
    }

    @Override
    public void gaussNewtonProduct(Matrix block, Matrix product) {
      within.gaussNewtonProduct(block, product);
    }

    @Override
    public void close() {
      OPEN_LINEARIZATIONS.decrementAndGet();
      within.close();
    }
  }
}
