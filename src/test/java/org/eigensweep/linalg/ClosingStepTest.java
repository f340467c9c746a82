package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One power step from two pairs and a guard, written down on axes. */
class ClosingStepTest extends OnFloat64Device {
  private static final int N = 300;

  /** Rounding of some ten operations on numbers of about one. */
  private static final double ROUNDING = 1e-14;

  private static ClosingStep step(Which which, double lowest) {
    return new ClosingStep(new SolverSettings(2, 1e-3, which, 100), lowest);
  }

  private RitzPairs pairs(double... values) {
    return AxisPairs.of(scope, N, LARGEST, values.length, values);
  }

  private Matrix advanced(RitzPairs ritz, double lowest, long number) {
    // what a scope hands out is arbitrary, so it must not matter
    try (Scope used = device.open()) {
      device.fill(Double.NaN, used.matrix(N, 3));
    }
    Orthonormalizer orthonormalizer = new Orthonormalizer(new SplittableRandom(1));
    return step(LARGEST, lowest).advanced(ritz, number, orthonormalizer, scope);
  }

  /**
   * A step multiplies what belongs to an eigenvalue λ by |λ − σ|. So of what lies outside it leaves
   * the largest such distance outside over that of the pair; all of it where none is smaller.
   */
  @ParameterizedTest
  @CsvSource({
    // nothing below zero, or too little to be in the way: σ = 0
    "LARGEST,8,4,1,0,1,8,4",
    "LARGEST,8,4,1,-0.5,1,8,4",
    "LARGEST,8,4,4,0,4,8,4",
    // to half of the last value; from there on σ is the middle of what is negative
    "LARGEST,8,4,1,-2,2,8,4",
    "LARGEST,8,4,2,-2.5,3.25,9.25,5.25",
    "LARGEST,8,4,1,-6,4,11,7",
    // the last value is not positive: everything counts from the lowest
    "LARGEST,8,0,-1,-2,1,10,2",
    "LARGEST,8,-0.5,-1,-2,1,10,1.5",
    // by magnitude σ = 0 always
    "MAGNITUDE,8,4,1,-2,2,8,4",
    "MAGNITUDE,8,4,1,-3,3,8,4",
    "MAGNITUDE,8,-4,2,-4,4,8,4",
    "MAGNITUDE,8,2,1,-3,3,8,3"
  })
  void keepsTheShareThatTheSpectrumSays(
      Which which,
      double first,
      double second,
      double guard,
      double lowest,
      double outside,
      double ofFirst,
      double ofSecond) {
    RitzPairs ritz = pairs(first, second, guard);
    assertThat(step(which, lowest).kept(ritz, 0)).isCloseTo(outside / ofFirst, within(ROUNDING));
    assertThat(step(which, lowest).kept(ritz, 1)).isCloseTo(outside / ofSecond, within(ROUNDING));
  }

  @Test
  void keepsEverythingWhereNothingIsKnownOfTheOutside() {
    assertThat(step(LARGEST, 0).kept(pairs(8, 4), 0)).isEqualTo(1);
  }

  /**
   * The operator maps axis i to λ_i times itself and to one axis outside. So the space of the step
   * is that of (λ_i − σ)e_i and what is added.
   */
  @ParameterizedTest
  @CsvSource({"0,0", "-2,0", "-2.5,-1.25", "-6,-3"})
  void multipliesByTheShiftedOperator(double lowest, double shift) {
    double[][] outside = {{0.5}, {0, 0.25}, {0, 0, 0.125}};
    RitzPairs ritz = AxisPairs.of(scope, N, LARGEST, 3, new double[] {8, 4, 1}, outside);
    double[] expected = new double[2 * N];
    expected[0] = 8 - shift;
    expected[3] = 0.5;
    expected[N + 1] = 4 - shift;
    expected[N + 4] = 0.25;
    Matrix found = advanced(ritz, lowest, 0);
    Orthonormality.require(found, ROUNDING);
    assertThat(SymmetricMatrix.sine(found.columns(0, 2).toDoubles(), orthonormal(expected)))
        .isLessThan(ROUNDING);
  }

  /**
   * The guard's own step, and a hundredth of everything else: the length of N − 2 normal numbers
   * over √N, which is one to 1/√(2N) = 4 %, here to three times that. Its size does not matter.
   */
  @ParameterizedTest
  @CsvSource({"1", "1e6", "1e-6"})
  void stirsTheGuardByAHundredth(double scale) {
    double[] values = {8 * scale, 4 * scale, scale};
    double[][] outside = {{0}, {0}, {0.75 * scale}};
    RitzPairs ritz = AxisPairs.of(scope, N, LARGEST, 3, values, outside);
    double[] unstirred = new double[N];
    unstirred[2] = 0.8;
    unstirred[3] = 0.6;
    Matrix guard = advanced(ritz, 0, 5).column(2);
    double sine = SymmetricMatrix.sine(guard.toDoubles(), SymmetricMatrix.real(unstirred, N));
    assertThat(sine).isBetween(0.0088, 0.0112);
    assertThat(advanced(ritz, 0, 5).column(2).toDoubles()).containsExactly(guard.toDoubles());
    // two independent stirs are apart by √2 of one
    double[] other = advanced(ritz, 0, 6).column(2).toDoubles();
    assertThat(SymmetricMatrix.sine(other, SymmetricMatrix.real(guard.toDoubles(), N)))
        .isBetween(0.0088 * Math.sqrt(2), 0.0112 * Math.sqrt(2));
  }

  /** What the orthonormaliser fills in is a random unit vector: 1/√N along an axis, and stirred. */
  @Test
  void takesARandomGuardWhereTheBasisHasNone() {
    Matrix found = advanced(pairs(8, 4), 0, 0);
    assertThat(found.columns()).isEqualTo(3);
    Orthonormality.require(found, ROUNDING);
    assertThat(Arrays.stream(AxisPairs.absolute(found.column(2))).max().orElseThrow())
        .isLessThan(5 / Math.sqrt(N));
    Matrix another = advanced(pairs(8, 4), 0, 0);
    assertThat(another.toDoubles()).containsExactly(found.toDoubles());
  }

  /** Where the pairs are all there are, no guard is left. */
  @Test
  void hasNoGuardWhereAllIsInTheSpace() {
    RitzPairs ritz = AxisPairs.of(scope, 2, LARGEST, 2, new double[] {8, 4});
    Orthonormalizer orthonormalizer = new Orthonormalizer(new SplittableRandom(1));
    Matrix found = step(LARGEST, 0).advanced(ritz, 0, orthonormalizer, scope);
    assertThat(AxisPairs.absolute(found)).containsExactly(new double[] {1, 0, 0, 1}, within(1e-15));
  }

  private static RealMatrix orthonormal(double[] block) {
    RealMatrix columns = SymmetricMatrix.real(block, N);
    return new QRDecomposition(columns)
        .getQ()
        .getSubMatrix(0, N - 1, 0, columns.getColumnDimension() - 1);
  }
}
