package org.eigensweep.quadratic;

import java.util.random.RandomGenerator;
import org.eigensweep.array.HostMatrix;

/**
 * Random orthogonal matrices, uniform in the sense of Haar: the product of reflections along
 * Gaussian vectors of n, n − 1, ..., 2 components and of random signs (Stewart, SIAM J. Numer.
 * Anal. 17, 1980). It is done in ordinary memory and in one order, so that a stream gives the same
 * bits everywhere.
 */
final class RandomRotation {
  private RandomRotation() {}

  /** Draws an n × n matrix. */
  static HostMatrix.Doubles of(int n, RandomGenerator random) {
    double[] q = new double[Math.multiplyExact(n, n)];
    for (int i = 0; i < n; i++) {
      q[i * n + i] = random.nextBoolean() ? 1 : -1;
    }
    for (int first = n - 2; first >= 0; first--) {
      reflect(q, n, first, random);
    }
    return new HostMatrix.Doubles(n, n, q);
  }

  /**
   * Applies the reflection that takes a Gaussian vector to the first axis, to rows and columns from
   * {@code first}; others are those of the unit matrix there.
   */
  private static void reflect(double[] q, int n, int first, RandomGenerator random) {
    double[] v = new double[n - first];
    double squares = 0;
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextGaussian();
      squares += v[i] * v[i];
    }
    double alpha = Math.copySign(Math.sqrt(squares), v[0]); // of v's sign: nothing cancels
    double half = squares + alpha * v[0]; // half the squared length of v + alpha·e, never 0
    v[0] += alpha;
    for (int j = first; j < n; j++) {
      double dot = 0;
      for (int i = 0; i < v.length; i++) {
        dot += v[i] * q[j * n + first + i];
      }
      double factor = dot / half;
      for (int i = 0; i < v.length; i++) {
        q[j * n + first + i] -= factor * v[i];
      }
    }
  }
}
