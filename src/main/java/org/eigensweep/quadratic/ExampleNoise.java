package org.eigensweep.quadratic;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eigensweep.array.HostMatrix;

/**
 * How the losses of single examples differ from their mean, in the coordinates of the eigenvectors:
 * L_e(z) = L(z) + n_e·z + s_e·c·z₁z₂. The vectors n_e add up to zero, to rounding, and so do the
 * signs s_e, which are + for even and − for odd examples.
 *
 * @param examples number of examples, at least 1; even where c is not zero
 * @param coupling c
 * @param shifts n_e as columns, n × examples; null where all are zero
 */
record ExampleNoise(int examples, double coupling, HostMatrix.Doubles shifts)
    implements Serializable {
  /**
   * Draws noise: Gaussian vectors with independent components, from which their mean over the
   * examples is taken.
   *
   * @param deviations standard deviation of n_e along each eigenvector
   */
  static ExampleNoise draw(
      int examples, double coupling, List<Double> deviations, RandomGenerator random) {
    return new ExampleNoise(
        examples,
        coupling,
        deviations.stream().allMatch(deviation -> deviation == 0)
            ? null
            : centred(examples, deviations, random));
  }

  private static HostMatrix.Doubles centred(
      int examples, List<Double> deviations, RandomGenerator random) {
    int n = deviations.size();
    double[] shifts = new double[Math.multiplyExact(n, examples)];
    double[] mean = new double[n];
    for (int e = 0; e < examples; e++) {
      for (int i = 0; i < n; i++) {
        shifts[e * n + i] = deviations.get(i) * random.nextGaussian();
        mean[i] += shifts[e * n + i] / examples;
      }
    }
    for (int k = 0; k < shifts.length; k++) {
      shifts[k] -= mean[k % n];
    }
    return new HostMatrix.Doubles(n, examples, shifts);
  }

  /** The mean sign s_e of some examples. */
  double meanSign(int[] some) {
    return Arrays.stream(some).map(e -> e % 2 == 0 ? 1 : -1).average().orElse(0);
  }
}
