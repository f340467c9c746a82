package org.eigensweep.spark.parallel;

import java.util.List;
import org.eigensweep.curvature.Evaluation;

/**
 * A mean over examples: partial sums, added in double precision and divided once.
 *
 * @param evaluation mean loss and share of correct predictions
 * @param vectors mean of the vectors, in their storage order
 */
@SuppressWarnings("ArrayRecordComponent") // moved, never compared
record Mean(Evaluation evaluation, double[] vectors) {
  /** The mean over the examples of all partial sums, at least one, added in this order. */
  static Mean of(List<PartialSum> parts) {
    double loss = 0;
    double correct = 0;
    long examples = 0;
    double[] vectors = new double[size(parts.get(0))];
    for (PartialSum part : parts) {
      loss += part.loss();
      correct += part.correct();
      examples += part.examples();
      part.vectors().addTo(vectors);
    }
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] /= examples;
    }
    return new Mean(new Evaluation(loss / examples, correct / examples), vectors);
  }

  private static int size(PartialSum part) {
    return Math.multiplyExact(part.vectors().rows(), part.vectors().columns());
  }
}
