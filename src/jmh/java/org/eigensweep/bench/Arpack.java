package org.eigensweep.bench;

import dev.ludovic.netlib.arpack.ARPACK;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.netlib.util.floatW;
import org.netlib.util.intW;

/**
 * The leading eigenvectors of a symmetric operator by ARPACK's implicitly restarted Lanczos method
 * in float32, with the defaults of SciPy's {@code eigsh}: a tolerance of 0, which means rounding,
 * and max(2k + 1, 20) Lanczos vectors.
 */
final class Arpack {
  private static final int APPLY_BACKWARD = -1;
  private static final int APPLY = 1;
  private static final int RESTARTS = 1000;

  private final ARPACK arpack = ARPACK.getInstance();
  private final int n;
  private final int k;
  private final int ncv;
  private final int[] parameters = new int[11];
  private final int[] pointers = new int[11];
  private final float[] residual;
  private final float[] basis;
  private final float[] work;
  private final float[] small;
  private int products;

  /** A solver for the k algebraically largest of n eigenvalues. */
  Arpack(int n, int k) {
    this.n = n;
    this.k = k;
    this.ncv = Math.max(2 * k + 1, 20);
    residual = new float[n];
    basis = new float[n * ncv];
    work = new float[3 * n];
    small = new float[ncv * (ncv + 8)];
  }

  /**
   * Solves from a random start.
   *
   * @param operator maps x to Ax, n numbers each
   * @return n × k, column-major, orthonormal
   */
  float[] solve(UnaryOperator<float[]> operator) {
    Arrays.fill(parameters, 0);
    parameters[0] = 1; // exact shifts
    parameters[2] = RESTARTS;
    parameters[6] = 1; // an ordinary problem
    intW ido = new intW(0);
    intW info = new intW(0);
    floatW tolerance = new floatW(0);
    do {
      arpack.ssaupd(
          ido,
          "I",
          n,
          "LA",
          k,
          tolerance,
          residual,
          ncv,
          basis,
          n,
          parameters,
          pointers,
          work,
          small,
          small.length,
          info);
      if (ido.val == APPLY || ido.val == APPLY_BACKWARD) {
        int from = pointers[0] - 1;
        float[] image = operator.apply(Arrays.copyOfRange(work, from, from + n));
        System.arraycopy(image, 0, work, pointers[1] - 1, n);
        products++;
      }
    } while (ido.val == APPLY || ido.val == APPLY_BACKWARD);
    require(info, "ssaupd");
    float[] vectors = new float[n * k];
    arpack.sseupd(
        true,
        "A",
        new boolean[ncv],
        new float[k],
        vectors,
        n,
        0,
        "I",
        n,
        "LA",
        new intW(k),
        tolerance.val,
        residual,
        ncv,
        basis,
        n,
        parameters,
        pointers,
        work,
        small,
        small.length,
        info);
    require(info, "sseupd");
    return vectors;
  }

  private static void require(intW info, String routine) {
    if (info.val != 0) {
      throw new IllegalStateException(routine + " returned " + info.val);
    }
  }

  /** Products so far. */
  int products() {
    return products;
  }
}
