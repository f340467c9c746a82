package org.eigensweep.network.dl4j;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.linalg.IndexRange;

/**
 * A coefficient for each parameter of a network, most of them alike or zero.
 *
 * @param rows number of parameters
 * @param runs those that are not zero; where they overlap they add
 */
record Coefficients(int rows, List<Run> runs) implements MatrixSource {
  /**
   * The same coefficient for consecutive parameters.
   *
   * @param range where they lie
   * @param value the coefficient
   */
  record Run(IndexRange range, double value) implements Serializable {}

  Coefficients {
    runs = List.copyOf(runs);
  }

  @Override
  public int columns() {
    return 1;
  }

  @Override
  public HostMatrix rows(int from, int to) {
    double[] values = new double[to - from];
    for (Run run : runs) {
      int end = Math.min(run.range().to(), to);
      for (int i = Math.max(run.range().from(), from); i < end; i++) {
        values[i - from] += run.value();
      }
    }
    return new HostMatrix.Doubles(values.length, 1, values);
  }

  /** ½·Σ cᵢθᵢ². */
  double weighted(double[] theta) {
    double sum = 0;
    for (Run run : runs) {
      double squares =
          Arrays.stream(theta, run.range().from(), run.range().to()).map(x -> x * x).sum();
      sum += run.value() * squares;
    }
    return sum / 2;
  }
}
