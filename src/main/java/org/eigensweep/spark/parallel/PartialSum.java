package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * Sums over the examples of one or more partitions, from which a mean is made.
 *
 * <p>Vectors are sent in the precision in which they were computed: converting to a higher one
 * would double the bytes and add no digits.
 *
 * @param loss Σ loss; 0 in a product
 * @param correct number of correct predictions, NaN where there are no classes; 0 in a product
 * @param examples number of examples, by which the sum is divided in the end
 * @param vectors n × m: Σ of the gradient (m = 1) or of products with a block of m vectors; m = 0
 *     where only numbers are asked for
 */
record PartialSum(double loss, double correct, long examples, HostMatrix vectors)
    implements Serializable {
  /** The sum of both. Vectors keep their precision. */
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

  /** The sum over no examples. */
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
