package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.eigensweep.array.Matrix;
import org.hipparchus.linear.RealMatrix;

/** Orthogonality of blocks, measured in doubles. */
final class Orthonormality {
  private Orthonormality() {}

  /** Checks that the columns are orthonormal. */
  static void require(Matrix block, double error) {
    RealMatrix x = SymmetricMatrix.real(block.toDoubles(), block.rows());
    RealMatrix gram = x.transposeMultiply(x);
    for (int i = 0; i < block.columns(); i++) {
      for (int j = 0; j < block.columns(); j++) {
        assertThat(gram.getEntry(i, j)).isCloseTo(i == j ? 1 : 0, within(error));
      }
    }
  }

  /** Checks that the columns of one block are orthogonal to another's. */
  static void require(Matrix block, Matrix basis, double error) {
    RealMatrix x = SymmetricMatrix.real(block.toDoubles(), block.rows());
    RealMatrix v = SymmetricMatrix.real(basis.toDoubles(), basis.rows());
    RealMatrix inner = v.transposeMultiply(x);
    for (double[] row : inner.getData()) {
      assertThat(row).containsExactly(new double[row.length], within(error));
    }
  }
}
