package org.eigensweep.linalg;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;

/** An operator one of whose products fails, with an exception or with a number that is none. */
final class FailingOperator implements LinearOperator {
  /** How a product fails. */
  enum Failure {
    THROWS,
    FIRST_NAN,
    LAST_INFINITE
  }

  private final LinearOperator within;
  private final int failing;
  private final Failure failure;
  private int calls;

  /**
   * Wraps an operator.
   *
   * @param failing number of the block product that fails, from 1; 0 for none
   */
  FailingOperator(LinearOperator within, int failing, Failure failure) {
    this.within = within;
    this.failing = failing;
    this.failure = failure;
  }

  @Override
  public Device device() {
    return within.device();
  }

  @Override
  public int size() {
    return within.size();
  }

  @Override
  public void apply(Matrix x, Matrix y) {
    calls++;
    within.apply(x, y);
    if (calls == failing) {
      switch (failure) {
        case THROWS -> throw new NotFiniteException("a test's product");
        case FIRST_NAN -> y.view(0, 1, 1).write(new double[] {Double.NaN});
        case LAST_INFINITE ->
            y.view(y.size() - 1, 1, 1).write(new double[] {Double.POSITIVE_INFINITY});
      }
    }
  }

  /** Block products so far. */
  int calls() {
    return calls;
  }
}
