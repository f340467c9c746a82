package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * What a part of the training set, or several, adds to a mean: sums over its examples.
 *
 * <p>Vectors travel in the precision of the arithmetic that made them: they carry no more digits,
 * and twice the bytes would buy none.
 *
 * @param loss Σ loss; 0 in a product
 * @param correct number of right answers, NaN where there are no classes; 0 in a product
 * @param examples number of examples, the sum's weight
 * @param vectors n × m, Σ of a gradient (m = 1), of products with a block (m columns), or of
 *     nothing (m = 0)
 */
record PartialSum(double loss, double correct, long examples, HostMatrix vectors)
    implements Serializable {
  /** Both together, the vectors in their own precision. */
  PartialSum plus(PartialSum other) {
    return new PartialSum(
        loss + other.loss,
        correct + other.correct,
        examples + other.examples,
        sum(vectors, other.vectors));
  }

  /** The numbers without the vectors. */
  PartialSum withoutVectors() {
    return new PartialSum(
        loss, correct, examples, new HostMatrix.Floats(vectors.rows(), 0, new float[0]));
  }

  /** What nothing adds. */
  static PartialSum ofNothing() {
    return new PartialSum(0, 0, 0, new HostMatrix.Floats(0, 0, new float[0]));
  }

  private static HostMatrix sum(HostMatrix x, HostMatrix y) {
    if (x instanceof HostMatrix.Floats a && y instanceof HostMatrix.Floats b) {
      float[] sum = a.values().clone();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += b.values()[i];
      }
      return new HostMatrix.Floats(a.rows(), a.columns(), sum);
    }
    double[] sum = new double[x.rows() * x.columns()];
    x.addTo(sum);
    y.addTo(sum);
    return new HostMatrix.Doubles(x.rows(), x.columns(), sum);
  }
}
