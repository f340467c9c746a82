package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks made orthonormal, measured in doubles. */
class OrthonormalizerTest {
  private static final int ROWS = 300;

  /**
   * What rounding leaves of orthogonality: inner products of 300 terms, each sum rounded to about
   * √300·u, and as much again for the small matrices between.
   */
  private static double rounding(Precision precision) {
    return 40 * precision.roundoff();
  }

  private static Device open(Precision precision) {
    return Devices.processor().open(precision, 1);
  }

  private static Orthonormalizer orthonormalizer() {
    return new Orthonormalizer(new SplittableRandom(3));
  }

  /** Left singular vectors times singular values from 1 down to 1/condition times a rotation. */
  private static RealMatrix block(int columns, double condition, long seed) {
    double[] singular = new double[columns];
    Arrays.setAll(singular, i -> Math.pow(condition, -i / (columns - 1.0)));
    return SymmetricMatrix.orthogonal(ROWS, seed)
        .getSubMatrix(0, ROWS - 1, 0, columns - 1)
        .multiply(MatrixUtils.createRealDiagonalMatrix(singular))
        .multiply(SymmetricMatrix.orthogonal(columns, seed + 1));
  }

  /**
   * One vector that lies nearly whole in the basis. The first projection leaves rounding of its
   * length there, which a single pass would magnify with the rest, to 1e-7; the vector need not be
   * short for that.
   */
  @ParameterizedTest
  @CsvSource({"1, 1e-9", "1e9, 1", "1e-9, 1e-18"})
  void projectsAgainWhereLittleIsLeftOutsideOfTheBasis(double inside, double outside) {
    RealMatrix axes = SymmetricMatrix.orthogonal(ROWS, 40);
    try (Device device = open(Precision.FLOAT64);
        Scope scope = device.open()) {
      Matrix basis = scope.copyOf(SymmetricMatrix.host(axes.getSubMatrix(0, ROWS - 1, 0, 4)));
      RealVector given =
          axes.getColumnVector(2)
              .mapMultiply(inside)
              .add(axes.getColumnVector(9).mapMultiply(outside));
      Matrix vector = scope.matrix(ROWS, 1);
      vector.write(given.toArray());
      orthonormalizer().orthonormalize(vector, basis);
      Orthonormality.require(vector, rounding(Precision.FLOAT64));
      Orthonormality.require(vector, basis, rounding(Precision.FLOAT64));
      double cosine = axes.getColumnVector(9).dotProduct(new ArrayRealVector(vector.toDoubles()));
      // what was given held the direction to rounding of its whole length, to 1e-7
      assertThat(Math.abs(cosine)).isGreaterThan(1 - 1e-12);
    }
  }

  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of(Precision.FLOAT32, 2e3),
        Arguments.of(Precision.FLOAT32, 1e6),
        Arguments.of(Precision.FLOAT64, 1e8),
        Arguments.of(Precision.FLOAT64, 1e12));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void makesIllConditionedBlocksOrthonormalAndKeepsTheirSpan(
      Precision precision, double condition) {
    try (Device device = open(precision);
        Scope scope = device.open()) {
      RealMatrix given = block(6, condition, 20);
      Matrix basis = scope.matrix(ROWS, 50);
      orthonormalizer().fillRandom(basis);
      orthonormalizer().orthonormalize(basis);
      Orthonormality.require(basis, rounding(precision));

      Matrix alone = scope.copyOf(SymmetricMatrix.host(given));
      orthonormalizer().orthonormalize(alone);
      Orthonormality.require(alone, rounding(precision));
      // the smallest singular direction is known to rounding times the condition number
      double span =
          SymmetricMatrix.sine(
              alone.toDoubles(),
              SymmetricMatrix.orthogonal(ROWS, 20).getSubMatrix(0, ROWS - 1, 0, 5));
      assertThat(span).isLessThan(4 * condition * precision.roundoff());

      Matrix beside = scope.copyOf(SymmetricMatrix.host(given));
      orthonormalizer().orthonormalize(beside, basis);
      Orthonormality.require(beside, rounding(precision));
      Orthonormality.require(beside, basis, rounding(precision));
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,1e-3", "FLOAT32,1e-5", "FLOAT64,1e-6", "FLOAT64,1e-12"})
  void staysOrthogonalToABasisThatNearlyContainsTheBlock(Precision precision, double outside) {
    try (Device device = open(precision);
        Scope scope = device.open()) {
      Matrix basis = scope.matrix(ROWS, 30);
      orthonormalizer().fillRandom(basis);
      orthonormalizer().orthonormalize(basis);
      Matrix block = scope.matrix(ROWS, 4);
      new Orthonormalizer(new SplittableRandom(4)).fillRandom(block);
      device.scale(outside, block);
      device.axpy(1, basis.columns(3, 4), block);
      orthonormalizer().orthonormalize(block, basis);
      Orthonormality.require(block, rounding(precision));
      Orthonormality.require(block, basis, rounding(precision));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void fillsWhatABlockLacks(Precision precision) {
    try (Device device = open(precision);
        Scope scope = device.open()) {
      Matrix basis = scope.matrix(ROWS, 10);
      orthonormalizer().fillRandom(basis);
      orthonormalizer().orthonormalize(basis);
      Matrix dependent = scope.matrix(ROWS, 5);
      new Orthonormalizer(new SplittableRandom(4)).fillRandom(dependent);
      device.copy(dependent.column(0), dependent.column(2));
      device.scale(-1e4, dependent.column(2));
      device.copy(dependent.column(1), dependent.column(4));
      Matrix zeroColumns = scope.matrix(ROWS, 5);
      new Orthonormalizer(new SplittableRandom(5)).fillRandom(zeroColumns);
      device.fill(0, zeroColumns.columns(1, 2));
      Matrix inside = scope.matrix(ROWS, 5);
      device.copy(basis.columns(2, 5), inside);
      Matrix mixed = scope.matrix(ROWS, 5);
      device.copy(zeroColumns, mixed);
      device.copy(basis.columns(4, 2), mixed.columns(3, 2));
      for (Matrix block :
          new Matrix[] {dependent, zeroColumns, inside, mixed, scope.zeros(ROWS, 5)}) {
        orthonormalizer().orthonormalize(block, basis);
        Orthonormality.require(block, rounding(precision));
        Orthonormality.require(block, basis, rounding(precision));
      }
    }
  }

  /**
   * A random vector lies in the complement of 299 of 300 directions for 1/√300 of its length:
   * rounding is magnified by as much unless that is projected once more.
   */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void completesABasisToTheWholeSpace(Precision precision) {
    try (Device device = open(precision);
        Scope scope = device.open()) {
      Matrix all = scope.copyOf(SymmetricMatrix.host(SymmetricMatrix.orthogonal(ROWS, 50)));
      Matrix basis = all.columns(0, ROWS - 1);
      Matrix last = scope.matrix(ROWS, 1);
      for (int seed = 0; seed < 10; seed++) {
        device.fill(0, last);
        new Orthonormalizer(new SplittableRandom(seed)).orthonormalize(last, basis);
        Orthonormality.require(last, rounding(precision));
        Orthonormality.require(last, basis, 4 * precision.roundoff());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void movesNearlyOrthonormalColumnsAsLittleAsPossible(Precision precision) {
    try (Device device = open(precision);
        Scope scope = device.open()) {
      RealMatrix given = SymmetricMatrix.orthogonal(ROWS, 30).getSubMatrix(0, ROWS - 1, 0, 3);
      given = given.add(block(4, 1.5, 40).scalarMultiply(0.01));
      Matrix block = scope.copyOf(SymmetricMatrix.host(given));
      device.scale(-7, block.column(1));
      orthonormalizer().orthonormalize(block);
      Orthonormality.require(block, rounding(precision));
      RealMatrix result = SymmetricMatrix.real(block.toDoubles(), ROWS);
      result.setColumnVector(1, result.getColumnVector(1).mapMultiply(-1));
      // columns off by 0.01 in a direction of their own: the inner products are 0.02 or less
      for (int j = 0; j < 4; j++) {
        double length = given.getColumnVector(j).getNorm();
        assertThat(result.getColumnVector(j).dotProduct(given.getColumnVector(j)) / length)
            .isGreaterThan(1 - 4 * 0.02 * 0.02 / 2);
      }
    }
  }
}
