package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;
import static org.eigensweep.linalg.Which.MAGNITUDE;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;

/**
 * Ritz pairs from a basis of axes. The operator has the eigenvalues 5, 3, −8 on the first three
 * axes, and couples each to a fourth one of its own by 0.1, 0.4, 0.2: these are the residuals of
 * the three axes.
 */
class RitzPairsTest extends OnFloat64Device {
  private static final int N = 6;

  private RitzPairs ritz(int pairs, Which which) {
    return AxisPairs.of(
        scope,
        N,
        which,
        pairs,
        new double[] {5, 3, -8},
        new double[] {0.1},
        new double[] {0, 0.4},
        new double[] {0, 0, 0.2});
  }

  @Test
  void measuresTheResidualOfEachPairAgainstTheLargestValue() {
    RitzPairs largest = ritz(3, LARGEST);
    assertThat(largest.values(3)).containsExactly(new double[] {5, 3, -8}, within(1e-14));
    assertThat(largest.residuals())
        .containsExactly(new double[] {0.1 / 8, 0.4 / 8, 0.2 / 8}, within(1e-15));
    RitzPairs magnitude = ritz(2, MAGNITUDE);
    assertThat(magnitude.values(2)).containsExactly(new double[] {-8, 5}, within(1e-14));
    assertThat(magnitude.residuals())
        .containsExactly(new double[] {0.2 / 8, 0.1 / 8}, within(1e-15));
  }

  @Test
  void handsOutTheDefectsOfTheWorstPairsFirst() {
    Matrix two = scope.matrix(N, 2);
    RitzPairs largest = ritz(3, LARGEST);
    largest.defects(largest.worst(3, 2), two);
    requireAxes(two, new int[] {4, 5}, new double[] {0.4, 0.2});
    Matrix one = scope.matrix(N, 1);
    RitzPairs magnitude = ritz(2, MAGNITUDE);
    magnitude.defects(magnitude.worst(2, 1), one); // of −8 and 5 alone
    requireAxes(one, new int[] {5}, new double[] {0.2});
  }

  /** Each column holds one number, up to its sign, and zeros. */
  private static void requireAxes(Matrix found, int[] rows, double[] lengths) {
    double[] expected = new double[Math.toIntExact(found.size())];
    for (int j = 0; j < rows.length; j++) {
      expected[j * N + rows[j]] = lengths[j];
    }
    assertThat(AxisPairs.absolute(found)).containsExactly(expected, within(1e-14));
  }

  @Test
  void turnsABlockIntoItsRitzVectors() {
    Matrix rotated = scope.matrix(N, 2);
    ritz(3, MAGNITUDE).vectors(rotated);
    requireAxes(rotated, new int[] {2, 0}, new double[] {1, 1});
  }

  @Test
  void handsOutTheProductsOfItsRitzVectors() {
    Matrix images = scope.matrix(N, 2);
    ritz(3, MAGNITUDE).images(images);
    double[] expected = {0, 0, 8, 0, 0, 0.2, 5, 0, 0, 0.1, 0, 0};
    assertThat(AxisPairs.absolute(images)).containsExactly(expected, within(1e-14));
  }

  @Test
  void tellsTheLargestResidualOfTheFirstPairs() {
    assertThat(ritz(3, LARGEST).residual(1)).isCloseTo(0.1 / 8, within(1e-15));
    assertThat(ritz(3, LARGEST).residual(2)).isCloseTo(0.4 / 8, within(1e-15));
    assertThat(ritz(3, LARGEST).residual(3)).isCloseTo(0.4 / 8, within(1e-15));
  }

  @Test
  void measuresTheGapBehindAPairAsASpectrumIsOrdered() {
    assertThat(ritz(3, LARGEST).gap(1)).isCloseTo(2.0 / 8, within(1e-15));
    assertThat(ritz(3, LARGEST).gap(2)).isCloseTo(11.0 / 8, within(1e-15));
    assertThat(ritz(3, MAGNITUDE).gap(1)).isCloseTo(3.0 / 8, within(1e-15));
    assertThat(ritz(3, MAGNITUDE).gap(2)).isCloseTo(2.0 / 8, within(1e-15));
  }

  /** Relative to 8, the second value lies 0.125 behind the first, the third as far behind it. */
  @Test
  void takesAPairForApartUpToHalfTheGapOrTheTolerance() {
    double half = 0.0625;
    assertThat(second(half).isApart(1, 0)).isTrue();
    assertThat(second(half * 1.01).isApart(1, 0)).isFalse();
    assertThat(second(2 * half).isApart(1, 2 * half)).isTrue();
    assertThat(second(2 * half).isApart(1, 1.99 * half)).isFalse();
    assertThat(second(1).isApart(3, 0)).isTrue(); // nothing lies behind the last of all
  }

  /** Values 8, 7, 6, of which the second has a residual: exact in binary. */
  private RitzPairs second(double residual) {
    double[] outside = {8 * residual};
    return AxisPairs.of(scope, N, LARGEST, 3, new double[] {8, 7, 6}, new double[0], outside);
  }

  /** An operator that is zero on the basis: no residual, no gap, and none that is not a number. */
  @Test
  void hasNeitherAResidualNorAGapOfNothing() {
    RitzPairs nothing = AxisPairs.of(scope, N, LARGEST, 3, new double[3]);
    assertThat(nothing.residuals()).containsOnly(0);
    assertThat(nothing.gap(1)).isZero();
    assertThat(nothing.isApart(1, 0)).isTrue();
  }
}
