package org.eigensweep.experiment.walk;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.experiment.outcome.Measurement;

/**
 * A stretch of a trunk or a branch, from where it is taken up to its end or to a pause, and what it
 * needs from those who run it. It keeps the vectors of the state in which it pauses.
 */
public interface Segment extends MatrixKeeper {
  /** Told when all is ready, before the first step of the segment. */
  void begins();

  /** Told after each update. */
  void stepped();

  /**
   * Told of each row, when its step has been made.
   *
   * @param point the row
   */
  default void measured(Measurement point) {}

  /** Whether to pause here; asked between two steps, and never before the first. */
  boolean pauses();

  /** All there is, without a pause, in this process. */
  static Segment whole(Runnable stepped) {
    return new Segment() {
      @Override
      public void begins() {}

      @Override
      public void stepped() {
        stepped.run();
      }

      @Override
      public boolean pauses() {
        return false;
      }

      @Override
      public MatrixSource keep(Matrix matrix) {
        return matrix.snapshot();
      }
    };
  }
}
