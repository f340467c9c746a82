package org.eigensweep.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Gradients that change with the point and from step to step: Σ λᵢ·θᵢ²/2 with noise, on scales from
 * 1e-4 to 10. The last coordinate's gradient is always 0, and that of step 50 is 0 throughout.
 */
final class NoisyParabola {
  static final int N = 23;
  static final int STEPS = 200;

  private NoisyParabola() {}

  static double[] start() {
    return new SplittableRandom(5).doubles(N, -1, 1).toArray();
  }

  static double[] gradient(int step, double[] theta) {
    var random = new SplittableRandom(1000 + step);
    double[] gradient = new double[N];
    if (step != 50) {
      Arrays.setAll(gradient, i -> scale(i) * (theta[i] + random.nextDouble(-1, 1)));
    }
    return gradient;
  }

  private static double scale(int i) {
    return i == N - 1 ? 0 : Math.pow(10, -4 + 5.0 * i / (N - 2));
  }

  /** A rate that changes, as a schedule's does. */
  static double learningRate(int step) {
    return 0.05 / (1 + step / 60.0);
  }
}
