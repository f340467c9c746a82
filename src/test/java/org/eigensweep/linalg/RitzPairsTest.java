package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Ritz pairs from a basis of axes, where everything can be written down. The operator has the
 * eigenvalues 5, 3, −8 on the first three axes, and couples each to a fourth one of its own by 0.1,
 * 0.4, 0.2: these are the residuals of the three axes.
 */
class RitzPairsTest {
  private static final double[] VALUES = {5, 3, -8};
  private static final double[] COUPLINGS = {0.1, 0.4, 0.2};
  private static final int N = 6;

  private Device device;
  private Scope scope;
  private Matrix basis;
  private Matrix product;

  @BeforeEach
  void open() {
    device = Devices.open(Precision.FLOAT64, 1);
    scope = device.open();
    basis = scope.zeros(N, 3);
    product = scope.zeros(N, 3);
    for (int i = 0; i < 3; i++) {
      set(basis, i, i, 1);
      set(product, i, i, VALUES[i]);
      set(product, 3 + i, i, COUPLINGS[i]);
    }
  }

  @AfterEach
  void close() {
    scope.close();
    device.close();
  }

  private static void set(Matrix matrix, int row, int column, double value) {
    matrix.view((long) column * N + row, 1, 1).write(new double[] {value});
  }

  private RitzPairs ritz(int pairs, Which which) {
    return RitzPairs.of(basis, product, pairs, which);
  }

  @Test
  void measuresTheResidualOfEachPairAgainstTheLargestValue() {
    RitzPairs largest = ritz(3, Which.LARGEST);
    assertThat(largest.values(3)).containsExactly(new double[] {5, 3, -8}, within(1e-14));
    assertThat(largest.residuals())
        .containsExactly(new double[] {0.1 / 8, 0.4 / 8, 0.2 / 8}, within(1e-15));
    RitzPairs magnitude = ritz(2, Which.MAGNITUDE);
    assertThat(magnitude.values(2)).containsExactly(new double[] {-8, 5}, within(1e-14));
    assertThat(magnitude.residuals())
        .containsExactly(new double[] {0.2 / 8, 0.1 / 8}, within(1e-15));
  }

  @Test
  void handsOutTheDefectsOfTheWorstPairsFirst() {
    Matrix two = scope.matrix(N, 2);
    RitzPairs largest = ritz(3, Which.LARGEST);
    largest.defects(largest.worst(3, 2), two);
    requireAxes(two, new int[] {4, 5}, new double[] {0.4, 0.2});
    Matrix one = scope.matrix(N, 1);
    RitzPairs magnitude = ritz(2, Which.MAGNITUDE);
    magnitude.defects(magnitude.worst(2, 1), one); // of −8 and 5 alone
    requireAxes(one, new int[] {5}, new double[] {0.2});
  }

  /** Each column holds one number, up to its sign, and zeros. */
  private static void requireAxes(Matrix found, int[] rows, double[] lengths) {
    double[] expected = new double[Math.toIntExact(found.size())];
    for (int j = 0; j < rows.length; j++) {
      expected[j * N + rows[j]] = lengths[j];
    }
    double[] absolute = Arrays.stream(found.toDoubles()).map(Math::abs).toArray();
    assertThat(absolute).containsExactly(expected, within(1e-14));
  }

  @Test
  void turnsABlockIntoItsRitzVectors() {
    Matrix rotated = scope.matrix(N, 2);
    ritz(3, Which.MAGNITUDE).vectors(rotated);
    requireAxes(rotated, new int[] {2, 0}, new double[] {1, 1});
  }

  /** An operator that is zero on the basis: no residual, and none that is not a number. */
  @Test
  void hasNoResidualOfNothing() {
    device.fill(0, product);
    assertThat(ritz(3, Which.LARGEST).residuals()).containsOnly(0);
  }
}
