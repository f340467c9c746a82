package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Overlaps and principal angles against Hipparchus's singular values, and against known angles. */
class SpaceOverlapTest {
  private static RealMatrix orthonormal(int rows, int columns, long seed) {
    Random random = new Random(seed);
    RealMatrix matrix = MatrixUtils.createRealMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.setEntry(i, j, random.nextGaussian());
      }
    }
    return new QRDecomposition(matrix).getQ().getSubMatrix(0, rows - 1, 0, columns - 1);
  }

  private static SpaceOverlap between(Precision precision, RealMatrix first, RealMatrix second) {
    try (Device device = Devices.processor().open(precision, 1);
        Scope scope = device.open()) {
      return SpaceOverlap.between(write(first, scope), write(second, scope));
    }
  }

  private static Matrix write(RealMatrix values, Scope scope) {
    int rows = values.getRowDimension();
    Matrix matrix = scope.matrix(rows, values.getColumnDimension());
    double[] flat = new double[Math.toIntExact(matrix.size())];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.getEntry(i % rows, i / rows);
    }
    matrix.write(flat);
    return matrix;
  }

  /** Spaces that share much, little or, in 5 of 6 dimensions, more than they could miss. */
  @ParameterizedTest
  @CsvSource({"60, 6, 0.1", "60, 6, 2", "200, 1, 0.5", "6, 5, 3", "9, 9, 1"})
  void isWhatSingularValuesSayForEveryNumberOfColumns(int n, int p, double turn) {
    RealMatrix u = orthonormal(n, p, 1);
    RealMatrix moved = u.add(orthonormal(n, p, 2).scalarMultiply(turn));
    RealMatrix v = new QRDecomposition(moved).getQ().getSubMatrix(0, n - 1, 0, p - 1);
    SpaceOverlap found = between(Precision.FLOAT64, u, v);
    assertThat(found.overlaps()).hasSize(p);
    for (int k = 1; k <= p; k++) {
      RealMatrix uk = u.getSubMatrix(0, n - 1, 0, k - 1);
      RealMatrix vk = v.getSubMatrix(0, n - 1, 0, k - 1);
      double[] cosines =
          new SingularValueDecomposition(uk.transposeMultiply(vk)).getSingularValues();
      double squares = 0;
      for (double cosine : cosines) {
        squares += cosine * cosine;
      }
      // The arc cosine of the oracle loses half of the digits at 0, as the sine does at a right
      // angle.
      assertThat(found.overlaps()[k - 1]).as("k=" + k).isCloseTo(squares / k, within(1e-13));
      assertThat(found.angles()[k - 1])
          .as("k=" + k)
          .isCloseTo(Math.acos(Math.min(1, cosines[k - 1])), within(1e-7));
    }
  }

  /**
   * Two planes of which one direction is shared and the other turned by a known angle: its cosine
   * has no digits left at 1e-9, in float32 none at 1e-4.
   */
  @ParameterizedTest
  @CsvSource({
    "FLOAT64, 1e-9, 1e-14",
    "FLOAT64, 1e-3, 1e-14",
    "FLOAT64, 0.7, 1e-13",
    "FLOAT64, 0.9, 1e-13",
    "FLOAT64, 1.5, 1e-13",
    "FLOAT32, 1e-4, 1e-6", // some roundoffs of 6e-8
    "FLOAT32, 0.3, 1e-6",
    "FLOAT32, 1.2, 1e-6"
  })
  void findsASmallAngleAsWellAsALargeOne(Precision precision, double angle, double error) {
    RealMatrix axes = orthonormal(300, 3, 4);
    RealMatrix u = axes.getSubMatrix(0, 299, 0, 1);
    RealMatrix v = u.copy();
    v.setColumnVector(
        1,
        u.getColumnVector(1)
            .mapMultiply(Math.cos(angle))
            .add(axes.getColumnVector(2).mapMultiply(Math.sin(angle))));
    SpaceOverlap found = between(precision, u, v);
    assertThat(found.angles()[0]).isCloseTo(0, within(error));
    assertThat(found.angles()[1]).isCloseTo(angle, within(error));
    double cosine = Math.cos(angle);
    assertThat(found.overlaps()[1]).isCloseTo((1 + cosine * cosine) / 2, within(error));
  }

  /** The space is the same whatever basis spans it, and its first columns are another one. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void seesTheSpaceAndNotItsBasis(Precision precision) {
    RealMatrix u = orthonormal(100, 4, 5);
    RealMatrix turned = u.multiply(orthonormal(4, 4, 6));
    SpaceOverlap found = between(precision, u, turned);
    double rounding = 20 * precision.roundoff();
    assertThat(found.overlaps()[3]).isCloseTo(1, within(rounding)).isLessThanOrEqualTo(1);
    assertThat(found.angles()[3]).isCloseTo(0, within(rounding));
    assertThat(found.angles()[1]).isGreaterThan(0.1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void isZeroForSpacesThatShareNothing(int p) {
    RealMatrix all = orthonormal(50, 2 * p, 7);
    SpaceOverlap found =
        between(
            Precision.FLOAT64,
            all.getSubMatrix(0, 49, 0, p - 1),
            all.getSubMatrix(0, 49, p, 2 * p - 1));
    assertThat(found.overlaps()[p - 1]).isCloseTo(0, within(1e-15));
    assertThat(found.angles()[p - 1]).isCloseTo(Math.PI / 2, within(1e-14));
  }

  /**
   * The signs and the order of eigenvectors are the solver's; two that swap places show at k = 1.
   */
  @Test
  void seesAPairThatCrossesAnother() {
    RealMatrix u = orthonormal(40, 2, 8);
    RealMatrix swapped = u.copy();
    swapped.setColumnVector(0, u.getColumnVector(1).mapMultiply(-1));
    swapped.setColumnVector(1, u.getColumnVector(0));
    SpaceOverlap found = between(Precision.FLOAT64, u, swapped);
    assertThat(found.overlaps()[0]).isCloseTo(0, within(1e-15));
    assertThat(found.overlaps()[1]).isCloseTo(1, within(1e-14));
    assertThat(found.angles()[0]).isCloseTo(Math.PI / 2, within(1e-14));
    assertThat(found.angles()[1]).isCloseTo(0, within(1e-14));
  }
}
