package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Makes blocks of vectors orthonormal on their device: classical Gram–Schmidt against a given
 * basis, and within the block the SVQB method of Stathopoulos and Wu (SIAM J. Sci. Comput. 23,
 * 2002), both repeated until orthogonal to rounding. A pass resolves singular values down to about
 * the root of rounding; smaller ones are magnified for the next pass, so the span survives as far
 * as rounding has left it. Directions that the block lacks are filled with random ones, so a block
 * always comes back with full rank.
 */
final class Orthonormalizer {
  /**
   * Passes after which a block is taken as it is. Two are enough for well-conditioned blocks;
   * magnified and filled directions cost one or two more each time.
   */
  private static final int MAX_PASSES = 10;

  /**
   * Spread of the scaled Gram matrix's eigenvalues below which one pass is the last: the pass
   * leaves an error of rounding times the condition number, which is then near one.
   */
  private static final double NEARLY_ORTHONORMAL = 0.1;

  /**
   * Share of a vector's length that a projection must leave for it to be the last: what the next
   * normalisation magnifies is then rounding at most (Kahan's and Parlett's "twice is enough").
   */
  private static final double ENOUGH_LEFT = 0.7;

  private final RandomGenerator random;

  /** Fills lost directions from the given stream. */
  Orthonormalizer(RandomGenerator random) {
    this.random = random;
  }

  /** Makes the columns of an n × m block orthonormal, m ≤ n. */
  void orthonormalize(Matrix block) {
    orthonormalize(block, null);
  }

  /**
   * Makes the columns of a block orthonormal, and orthogonal to a basis.
   *
   * @param block n × m, overwritten
   * @param basis n × d, orthonormal, d + m ≤ n; null for none
   */
  void orthonormalize(Matrix block, Matrix basis) {
    for (int pass = 0; pass < MAX_PASSES; pass++) {
      if (basis != null) {
        project(block, basis);
      }
      double[] gram = gram(block);
      boolean enoughLeft = basis == null || (pass > 0 && shortest(gram) > ENOUGH_LEFT);
      boolean settled = normalize(block, gram);
      if (settled && enoughLeft) {
        return;
      }
    }
  }

  /** blockᵀ·block. */
  private static double[] gram(Matrix block) {
    try (Scope scope = block.device().open()) {
      Matrix gram = scope.matrix(block.columns(), block.columns());
      block.device().gemm(YES, NO, 1, block, block, 0, gram);
      return gram.toDoubles();
    }
  }

  /** The norm of the shortest column. */
  private static double shortest(double[] gram) {
    int m = (int) Math.round(Math.sqrt(gram.length));
    double square = Double.POSITIVE_INFINITY;
    for (int j = 0; j < m; j++) {
      square = Math.min(square, gram[j + j * m]);
    }
    return Math.sqrt(square);
  }

  /** block ← block − basis·basisᵀ·block. */
  static void project(Matrix block, Matrix basis) {
    Device device = block.device();
    try (Scope scope = device.open()) {
      Matrix coefficients = scope.matrix(basis.columns(), block.columns());
      device.gemm(YES, NO, 1, basis, block, 0, coefficients);
      device.gemm(NO, NO, -1, basis, coefficients, 1, block);
    }
  }

  /**
   * One pass of SVQB. All columns come out with unit length but for magnified ones.
   *
   * @param gram of the block, overwritten
   * @return whether the block came in so close to orthonormal that it is so to rounding now
   */
  private boolean normalize(Matrix block, double[] gram) {
    Device device = block.device();
    int m = block.columns();
    try (Scope scope = device.open()) {
      double[] norms = unitDiagonal(gram, m);
      DenseEigen eigen = DenseEigen.of(gram, m, Which.LARGEST);
      double floor = 64 * m * device.precision().roundoff() * eigen.values()[0];
      int kept = m - below(floor, eigen);
      Matrix factor = scope.matrix(m, m);
      factor.write(inverseRoot(eigen, norms, kept, Math.sqrt(floor)));
      Matrix copy = scope.matrix(block.rows(), m);
      device.copy(block, copy);
      device.gemm(NO, NO, 1, copy, factor, 0, block);
      double noise = 4 * m * device.precision().roundoff() / Math.sqrt(floor);
      for (int j = kept; j < m; j++) {
        fillIfLost(block.column(j), noise);
      }
      return kept == m && eigen.values()[0] - eigen.values()[m - 1] < NEARLY_ORTHONORMAL;
    }
  }

  /** Scales a Gram matrix to unit diagonal; returns the norms it divided by. */
  private static double[] unitDiagonal(double[] gram, int m) {
    double[] norms = new double[m];
    for (int i = 0; i < m; i++) {
      norms[i] = Math.sqrt(Math.max(gram[i + i * m], 0));
    }
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < m; i++) {
        double product = norms[i] * norms[j];
        gram[i + j * m] = product == 0 ? 0 : gram[i + j * m] / product;
      }
    }
    return norms;
  }

  /** How many trailing directions the scaled Gram matrix is too coarse to resolve. */
  private static int below(double floor, DenseEigen eigen) {
    int m = eigen.values().length;
    int below = 0;
    while (below < m && !(eigen.values()[m - 1 - below] > floor)) {
      below++;
    }
    return below;
  }

  /**
   * Replaces a magnified direction that is no longer than rounding by a random one, of length 1.
   */
  private void fillIfLost(Matrix column, double noise) {
    if (!(column.device().norm(column) > noise)) {
      fillRandom(column);
      column.device().scale(1 / column.device().norm(column), column);
    }
  }

  /**
   * D⁻¹UΛ^(−1/2)Uᵀ, m × m: the symmetric choice, which moves every vector as little as possible and
   * so keeps eigenvectors in their order. Where directions are unresolved, D⁻¹UΛ^(−1/2) with the
   * smallest root that is resolved in place of theirs.
   */
  private static double[] inverseRoot(
      DenseEigen eigen, double[] norms, int kept, double smallestRoot) {
    int m = norms.length;
    double[] factor = new double[m * m];
    for (int j = 0; j < m; j++) {
      double root = j < kept ? Math.sqrt(eigen.values()[j]) : smallestRoot;
      for (int i = 0; i < m; i++) {
        double length = norms[i] * root;
        factor[i + j * m] = length == 0 ? 0 : eigen.vectors()[i + j * m] / length;
      }
    }
    return kept == m ? timesTransposed(factor, eigen.vectors(), m) : factor;
  }

  private static double[] timesTransposed(double[] a, double[] b, int m) {
    double[] product = new double[m * m];
    for (int l = 0; l < m; l++) {
      for (int j = 0; j < m; j++) {
        for (int i = 0; i < m; i++) {
          product[i + j * m] += a[i + l * m] * b[j + l * m];
        }
      }
    }
    return product;
  }

  /** Fills a block with standard normal numbers. */
  void fillRandom(Matrix block) {
    for (int j = 0; j < block.columns(); j++) {
      block.column(j).write(new GaussianVector(block.rows(), random.nextLong()));
    }
  }
}
