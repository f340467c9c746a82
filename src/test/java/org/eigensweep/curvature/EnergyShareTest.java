package org.eigensweep.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.linalg.DiagonalOperator;
import org.eigensweep.linalg.NotFiniteException;
import org.junit.jupiter.api.Test;

/** The share of Gauss–Newton energy, worked out by hand. */
class EnergyShareTest extends OnFloat64Device {
  @Test
  void addsTheQuadraticFormsOfTheVectors() {
    DiagonalOperator gaussNewton = new DiagonalOperator(new double[] {8, 1, 3, 0}, scope);
    DiagonalOperator hessian = new DiagonalOperator(new double[] {10, -2, 5, 1}, scope);
    Matrix vectors = scope.matrix(4, 2);
    vectors.write(new double[] {1, 0, 0, 0, 0, 0.6, 0.8, 0});
    EnergyShare share = EnergyShare.of(gaussNewton, hessian, vectors);
    // 8 + (0.36·1 + 0.64·3) and 10 + (0.36·(−2) + 0.64·5)
    assertThat(share.gaussNewton()).isCloseTo(10.28, within(1e-14));
    assertThat(share.hessian()).isCloseTo(12.48, within(1e-14));
    assertThat(share.share()).isCloseTo(10.28 / 12.48, within(1e-15));
    assertThat(share.products())
        .isEqualTo(4)
        .isEqualTo(gaussNewton.products() + hessian.products());
  }

  @Test
  void refusesOperatorsOfOtherSizesBeforeAnyProduct() {
    DiagonalOperator three = new DiagonalOperator(new double[] {1, 2, 3}, scope);
    DiagonalOperator two = new DiagonalOperator(new double[] {1, 2}, scope);
    assertThatThrownBy(() -> EnergyShare.of(three, two, scope.zeros(3, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "vectors of 3 numbers do not fit a Gauss-Newton matrix of dimension 3 and a Hessian of"
                + " 2");
    assertThat(three.products()).isZero();
  }

  @Test
  void refusesProductsThatAreNotFinite() {
    DiagonalOperator good = new DiagonalOperator(new double[] {1, 2}, scope);
    DiagonalOperator bad = new DiagonalOperator(new double[] {1, Double.NaN}, scope);
    Matrix vector = scope.matrix(2, 1);
    vector.write(new double[] {0.6, 0.8});
    assertThatThrownBy(() -> EnergyShare.of(good, bad, vector))
        .isInstanceOf(NotFiniteException.class)
        .hasMessageContaining("a product of the operator is not finite");
  }
}
