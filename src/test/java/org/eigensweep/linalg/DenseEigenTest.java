package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small spectra in closed form. */
class DenseEigenTest {
  /** A rotation by the angle whose cosine is 0.8, of diag(1, −3) times a scale. */
  private static double[] rotated(double scale) {
    double c = 0.8;
    double s = 0.6;
    double off = 4 * c * s;
    return new double[] {
      scale * (c * c - 3 * s * s), scale * off, scale * off, scale * (s * s - 3 * c * c)
    };
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-30, 1e30, 1e-300, 1e300})
  void findsASpectrumOfAnyScale(double scale) {
    DenseEigen eigen = DenseEigen.of(rotated(scale), 2, Which.LARGEST);
    assertThat(eigen.values())
        .containsExactly(new double[] {scale, -3 * scale}, within(1e-14 * scale));
    assertThat(eigen.smallest()).isCloseTo(-3 * scale, within(1e-14 * scale));
    assertThat(eigen.spread()).isCloseTo(3 * scale, within(1e-14 * scale));
    double sign = Math.signum(eigen.vectors()[0]);
    assertThat(eigen.vectors()[0] * sign).isCloseTo(0.8, within(1e-14));
    assertThat(eigen.vectors()[1] * sign).isCloseTo(0.6, within(1e-14));
  }

  @Test
  void leadsWithTheLargestInMagnitudeWhereAsked() {
    DenseEigen eigen = DenseEigen.of(rotated(1), 2, Which.MAGNITUDE);
    assertThat(eigen.values()).containsExactly(new double[] {-3, 1}, within(1e-14));
    assertThat(eigen.smallest()).isCloseTo(-3, within(1e-14));
    assertThat(eigen.spread()).isCloseTo(3, within(1e-14));
  }

  /** A product in float32 is not quite symmetric: only the symmetric part counts. */
  @Test
  void takesTheSymmetricPart() {
    DenseEigen eigen = DenseEigen.of(new double[] {2, 1, 3, 2}, 2, Which.LARGEST);
    assertThat(eigen.values()).containsExactly(new double[] {4, 0}, within(1e-14));
  }

  @ParameterizedTest
  @EnumSource(Which.class)
  void hasASpectrumOfZeros(Which which) {
    DenseEigen eigen = DenseEigen.of(new double[9], 3, which);
    assertThat(eigen.values()).containsOnly(0);
    assertThat(eigen.smallest()).isZero();
    assertThat(eigen.spread()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(double bad) {
    assertThatThrownBy(() -> DenseEigen.of(new double[] {1, 2, bad, 3}, 2, Which.LARGEST))
        .isInstanceOf(NotFiniteException.class);
  }

  /** Adding d = 30 to the diagonal of a matrix of norm 1 costs a factor of 30 in 1e-16. */
  @ParameterizedTest
  @EnumSource(Which.class)
  void findsTheSpectrumByItsSingularValues(Which which) {
    double[] values = new double[30];
    for (int i = 0; i < 30; i++) {
      values[i] = i % 3 == 0 ? -0.9 * Math.pow(0.7, i) : Math.pow(0.7, i);
    }
    SymmetricMatrix known = SymmetricMatrix.of(values, 1);
    DenseEigen found = DenseEigen.ofSingularValues(known.entries(), 5, which);
    assertThat(found.values())
        .containsExactly(
            Arrays.stream(known.leadingValues(30, which)).map(x -> 5 * x).toArray(), within(5e-13));
    RealMatrix vectors = SymmetricMatrix.real(found.vectors(), 30);
    for (int i = 0; i < 30; i++) {
      double defect =
          known
              .entries()
              .operate(vectors.getColumnVector(i))
              .subtract(vectors.getColumnVector(i).mapMultiply(found.values()[i] / 5))
              .getNorm();
      assertThat(defect).isLessThan(1e-13);
    }
  }
}
