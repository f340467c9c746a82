package org.eigensweep.network.pass;

import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Evaluation;

/**
 * Sums of the loss and of correct predictions over examples, in double precision, divided once at
 * the end.
 */
public final class LossSums {
  private double lossSum;
  private int hits;
  private int count;

  /**
   * The sums over some examples.
   *
   * @param outputs classes × examples
   * @param labels the examples' classes
   */
  static LossSums of(LossRule loss, Matrix outputs, int[] labels) {
    double[] values = outputs.toDoubles();
    int classes = outputs.rows();
    LossSums sums = new LossSums();
    for (int j = 0; j < labels.length; j++) {
      sums.lossSum += loss.of(values, j * classes, classes, labels[j]);
      sums.hits += largest(values, j * classes, classes) == labels[j] ? 1 : 0;
    }
    sums.count = labels.length;
    return sums;
  }

  /**
   * The index of the largest of some numbers, counted from the first of them; of equal ones the
   * first.
   */
  public static int largest(double[] values, int at, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (values[at + i] > values[at + best]) {
        best = i;
      }
    }
    return best;
  }

  /** The means over all examples of some sums, added in their order. */
  static Evaluation mean(LossSums[] sums) {
    double lossSum = 0;
    int hits = 0;
    int count = 0;
    for (LossSums some : sums) {
      lossSum += some.lossSum;
      hits += some.hits;
      count += some.count;
    }
    return new Evaluation(lossSum / count, (double) hits / count);
  }
}
