package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One correction in closed form, and its order of accuracy. */
class DirectedCorrectionTest extends OnFloat64Device {
  private DirectedCorrection correct(
      RealMatrix operator, double[] values, double[] vector, Matrix corrected) {
    int n = vector.length;
    Matrix basis = scope.zeros(n, values.length);
    for (int i = 0; i < values.length; i++) {
      basis.view((long) i * n + i, 1, 1).write(new double[] {1});
    }
    Matrix v = scope.matrix(n, 1);
    v.write(vector);
    Eigenspace space = new Eigenspace(basis, values, new double[values.length], 0, Stop.CONVERGED);
    DenseOperator dense = new DenseOperator(new SymmetricMatrix(operator, values, null), scope);
    DirectedCorrection made =
        DirectedCorrection.of(
            dense, space, v, corrected, new Orthonormalizer(new SplittableRandom(1)));
    assertThat(dense.products()).isEqualTo(DirectedCorrection.PRODUCTS);
    return made;
  }

  /**
   * The space of e₁, e₂ with eigenvalues 4 and 2, and v = 3e₁ + 4e₅. Outside, v lies along r = e₅,
   * which the operator couples to e₂ by d: the Ritz vectors of [U, r] are e₁ and a rotation of e₂
   * by φ towards e₅, with tan 2φ = 2d/(2 − c). Inside, it lies along e₁, which is coupled to e₃ by
   * a: the move is s = (a/4)e₃, and its share of v falls by 1/√(1 + s²).
   */
  @ParameterizedTest
  @ValueSource(doubles = {1, -0.5, 3})
  void tiltsTowardsTheVectorAndMovesItsProjection(double c) {
    double a = 0.5;
    double d = 0.6;
    RealMatrix h = MatrixUtils.createRealDiagonalMatrix(new double[] {4, 2, 0.3, 0.2, c});
    h = h.copy();
    couple(h, 0, 2, a);
    couple(h, 1, 4, d);
    Matrix corrected = scope.matrix(5, 2);
    DirectedCorrection made =
        correct(h, new double[] {4, 2}, new double[] {3, 0, 0, 0, 4}, corrected);

    double angle = Math.atan2(2 * d, 2 - c) / 2;
    double tilted = Math.hypot(3, 4 * Math.sin(angle)) / 5;
    double move = a / 4;
    double moved = tilted / Math.sqrt(1 + move * move);
    double rounding = 1e-14; // some ten operations on numbers of about one
    assertThat(made.outside()).isCloseTo(c, within(rounding));
    assertThat(made.chi()).isCloseTo(3.0 / 5, within(rounding));
    assertThat(made.tilted()).isCloseTo(tilted - 3.0 / 5, within(rounding));
    assertThat(made.moved()).isCloseTo(moved - tilted, within(rounding));
    assertThat(made.turned()).isCloseTo(tilted * move, within(rounding));
    assertThat(made.swing()).isCloseTo(move, within(rounding));
    assertThat(made.tilts()[0]).isCloseTo(0, within(rounding));
    assertThat(made.tilts()[1]).isCloseTo(4.0 / 5 * d / (2 - c), within(rounding));
    assertThat(made.shares()).containsExactly(new double[] {1, 0}, within(rounding));
    assertThat(made.mixed(0)).isCloseTo(0, within(rounding));
    // three dimensions outside, in which what turns e₂ has a third of its square along s
    assertThat(made.room()).isEqualTo(3);
    assertThat(made.mixed(1)).isCloseTo(tilted * move * move / Math.sqrt(3), within(rounding));

    Orthonormality.require(corrected, rounding);
    RealMatrix basis = SymmetricMatrix.real(corrected.toDoubles(), 5);
    RealVector shares =
        basis.preMultiply(MatrixUtils.createRealVector(new double[] {3, 0, 0, 0, 4}));
    assertThat(shares.getNorm() / 5).isCloseTo(moved, within(rounding));
  }

  private static void couple(RealMatrix matrix, int i, int j, double value) {
    matrix.setEntry(i, j, value);
    matrix.setEntry(j, i, value);
  }

  /** p = (e₁ + e₂)/√2, and the eigenvalues have become 5 and 1 from 4 and 2. */
  @Test
  void tellsHowFarTheEigenvaluesHaveChanged() {
    RealMatrix h = MatrixUtils.createRealDiagonalMatrix(new double[] {5, 1, 0.3, 0, 0}).copy();
    double[] vector = {1, 1, 0, 1, 0};
    DirectedCorrection made = correct(h, new double[] {4, 2}, vector, scope.matrix(5, 2));
    assertThat(made.aged()).isCloseTo(Math.hypot(1.0 / 4, 1.0 / 2) / Math.sqrt(2), within(1e-14));
  }

  /** v inside the basis: r is a random direction, and what couples to it alone is not v's. */
  @Test
  void correctsAVectorThatLiesInTheBasis() {
    RealMatrix h = MatrixUtils.createRealDiagonalMatrix(new double[] {4, 2, 0, 0, 0, 0}).copy();
    Matrix corrected = scope.matrix(6, 2);
    DirectedCorrection made =
        correct(h, new double[] {4, 2}, new double[] {0, 7, 0, 0, 0, 0}, corrected);
    assertThat(made.tilted()).isCloseTo(0, within(1e-14));
    assertThat(made.moved()).isCloseTo(0, within(1e-14));
    assertThat(made.turned()).isCloseTo(0, within(1e-14));
    Orthonormality.require(corrected, 1e-14);
  }

  @Test
  void tellsOfADirectionThatIsMoreCurvedThanTheLeastInside() {
    RealMatrix h = MatrixUtils.createRealDiagonalMatrix(new double[] {4, 2, 3, 0, 0}).copy();
    Matrix corrected = scope.matrix(5, 2);
    double[] vector = {1, 1, 1, 0, 0};
    assertThat(correct(h, new double[] {4, 2}, vector, corrected).outside())
        .isCloseTo(3, within(1e-14));
    // and takes it into the space, in place of the least: v's share is that of e₁ and e₃ now
    RealMatrix basis = SymmetricMatrix.real(corrected.toDoubles(), 5);
    assertThat(basis.getRowVector(1).getNorm()).isCloseTo(0, within(1e-14));
    assertThat(basis.getRowVector(2).getNorm()).isCloseTo(1, within(1e-14));
  }

  /**
   * Where the rest of the spectrum is zero, the series ends with its first term, and what a
   * correction leaves is of third order in the angle, since a turn is odd in it: half the angle
   * leaves an eighth. Without a correction it leaves half.
   */
  @Test
  void isOfThirdOrderWhereTheRestIsFlat() {
    double whole = error(2e-3, true);
    double half = error(1e-3, true);
    assertThat(whole / half).isBetween(7.8, 8.2);
    assertThat(error(2e-3, false) / error(1e-3, false)).isBetween(1.9, 2.1);
    assertThat(whole).isLessThan(error(2e-3, false) / 50);
  }

  /** |χ − χ exact| of a vector where three eigenvectors have turned by an angle from the axes. */
  private double error(double angle, boolean corrected) {
    int n = 12;
    double[] values = {6, 4, 3};
    RealMatrix turned = MatrixUtils.createRealMatrix(n, 3);
    for (int i = 0; i < 3; i++) {
      turned.setEntry(i, i, Math.cos(angle));
      turned.setEntry(3 + i, i, Math.sin(angle) * 0.6);
      turned.setEntry(6 + i, i, Math.sin(angle) * 0.8);
    }
    RealMatrix h =
        turned.multiply(MatrixUtils.createRealDiagonalMatrix(values)).multiplyTransposed(turned);
    double[] vector = new double[n];
    for (int i = 0; i < n; i++) {
      vector[i] = Math.cos(3 * i + 1);
    }
    RealVector v = MatrixUtils.createRealVector(vector);
    double exact = turned.preMultiply(v).getNorm() / v.getNorm();
    Matrix basis = scope.matrix(n, 3);
    DirectedCorrection made = correct(h, values, vector, basis);
    double before = v.getSubVector(0, 3).getNorm() / v.getNorm();
    double chi = corrected ? before + made.tilted() + made.moved() : before;
    return Math.abs(chi - exact);
  }
}
