package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;

/** What a correction is said to leave, against the errors that it does leave. */
class CorrectionErrorTest extends OnFloat64Device {
  private static final double LEAST = 0.125;

  /** Dimensions outside. */
  private static final int ROOM = 100;

  private static DirectedCorrection made(
      double outside, double chi, double swing, double[] tilts, double[] shares, double aged) {
    return new DirectedCorrection(outside, chi, 0, -1e-3, swing, ROOM, tilts, shares, aged);
  }

  /** Tilt: (edge − ρ)/(λ − edge) = 0.5/1; move: edge/(λ − edge) = 1. */
  @Test
  void leavesWhatTheEdgeKeepsFromAnEigenvector() {
    DirectedCorrection made = made(0.5, 0.6, 1e-4, new double[] {1e-3}, new double[] {1}, 0);
    ProjectionError error = CorrectionError.of(made, new double[] {2}, 1, 0);
    assertThat(error.inside()[0]).isCloseTo(5e-4, within(1e-11)); // swing² of itself
    assertThat(error.outside()).isCloseTo(0.6e-4 + 1e-3 * 1e-4, within(1e-15));
    // of χ: half the tilt with its square over 2χ, and all of the move, independent of each other
    assertThat(error.alignment())
        .isCloseTo(Math.hypot(5e-4 + 0.25e-6 / (2 * 0.601), 1e-3), within(1e-15));
    assertThat(error.edge()).isEqualTo(1);
  }

  /** Tilt: (ρ − lowest)/(λ − lowest) = 1.5/3; move: 1/3. Both are more than what the edge keeps. */
  @Test
  void leavesWhatTheOtherEndKeeps() {
    DirectedCorrection made = made(0.5, 0.6, 1e-4, new double[] {1e-3}, new double[] {1}, 0);
    ProjectionError error = CorrectionError.of(made, new double[] {2}, 0.5, -1);
    assertThat(error.inside()[0]).isCloseTo(5e-4, within(1e-11));
    assertThat(error.outside()).isCloseTo(0.6e-4 / 3 + 1e-7, within(1e-15));
  }

  /** What v meets outside may itself be the edge, or the other end. */
  @Test
  void learnsTheEndsFromTheVector() {
    DirectedCorrection high = made(1.5, 0.6, 1e-4, new double[] {1e-3}, new double[] {1}, 0);
    assertThat(CorrectionError.of(high, new double[] {2}, 0.1, 0).outside())
        .isCloseTo(3 * 0.6e-4 + 1e-7, within(1e-15));
    DirectedCorrection low = made(-2, 0.6, 1e-4, new double[] {1e-3}, new double[] {1}, 0);
    // an edge of 0.1 keeps 2.1/1.9 of the tilt
    assertThat(CorrectionError.of(low, new double[] {2}, 0.1, 0).inside()[0])
        .isCloseTo(2.1 / 1.9 * 1e-3, within(1e-10));
    assertThat(CorrectionError.of(low, new double[] {2}, 0.1, 0).outside())
        .isCloseTo(0.5 * 0.6e-4 + 1e-7, within(1e-15));
  }

  /** A fifth of λ = 2 gone: tilt 0.5/(1.6 − 1), move 1/(1.6 − 1). */
  @Test
  void leavesMoreWhereTheEigenvalueHasChanged() {
    DirectedCorrection made = made(0.5, 0.6, 1e-4, new double[] {1e-3}, new double[] {1}, 0.2);
    ProjectionError error = CorrectionError.of(made, new double[] {2}, 1, 0);
    assertThat(error.inside()[0]).isCloseTo(0.5 / 0.6 * 1e-3, within(1e-10));
    assertThat(error.outside()).isCloseTo(1 / 0.6 * 0.6e-4 + 1e-7, within(1e-15));
    // and a fifth at least
    ProjectionError apart = CorrectionError.of(made, new double[] {2}, 0.5, 0.5);
    assertThat(apart.inside()[0]).isCloseTo(0.2e-3, within(1e-10));
  }

  @Test
  void leavesAnEighthAtLeast() {
    DirectedCorrection made = made(0, 0.6, 1e-4, new double[] {1e-3}, new double[] {1}, 0);
    ProjectionError error = CorrectionError.of(made, new double[] {2}, 0, 0);
    assertThat(error.inside()[0]).isCloseTo(LEAST * 1e-3, within(1e-11));
    assertThat(error.outside()).isCloseTo(LEAST * 0.6e-4 + 1e-7, within(1e-15));
  }

  @Test
  void knowsNothingWhereTheEdgeReachesAPair() {
    DirectedCorrection made = made(0.5, 0.6, 1e-4, new double[] {1e-3}, new double[] {1}, 0);
    assertThat(CorrectionError.of(made, new double[] {2}, 2, 0).inside()[0]).isInfinite();
    // nor where v meets that very edge
    DirectedCorrection at = made(2, 0.6, 1e-4, new double[] {1e-3}, new double[] {1}, 0);
    assertThat(CorrectionError.of(at, new double[] {2}, 2, 0).inside()[0]).isInfinite();
    DirectedCorrection nothing = made(0.5, 0, 0, new double[] {0}, new double[] {0}, 0);
    ProjectionError none = CorrectionError.of(nothing, new double[] {2}, 2, 0);
    assertThat(none.weighed(1)).isZero();
  }

  /**
   * The tilt turns −c into +c: χ is as before, and what is left of the tilt is off nevertheless.
   */
  @Test
  void isNotDeceivedByAProjectionThatChangesSides() {
    DirectedCorrection made = made(0.5, 5e-4, 0, new double[] {1e-3}, new double[] {-1}, 0);
    ProjectionError error = CorrectionError.of(made, new double[] {2}, 1, 0);
    assertThat(error.alignment()).isGreaterThan(5e-4);
  }

  @Test
  void leavesAllOfTheTiltWhereTheProjectionVanishes() {
    DirectedCorrection made = made(0.5, 1e-3, 0, new double[] {1e-3}, new double[] {-1}, 0);
    ProjectionError error = CorrectionError.of(made, new double[] {2}, 1, 0);
    assertThat(error.alignment()).isCloseTo(Math.hypot(0.5e-3, 1e-3), within(1e-15));
  }

  /** The tilts of two pairs, 1/6 and 1/2 of which are left, change χ in opposite ways. */
  @Test
  void addsTheTiltsOfPairsWithTheirSigns() {
    DirectedCorrection made =
        made(0.5, 0.5, 0, new double[] {0.01, -0.02}, new double[] {0.6, 0.8}, 0);
    ProjectionError error = CorrectionError.of(made, new double[] {4, 2}, 1, 0);
    double left = Math.hypot(0.01 / 6, 0.01);
    double chi = Math.hypot(0.31, 0.38);
    double along = (0.38 * 0.02 - 0.31 * 0.01) / chi;
    double tilt = left / Math.hypot(0.01, 0.02) * along + left * left / (2 * chi);
    double move = Math.hypot(0.6 / 3, 0.8) * 1e-3;
    assertThat(error.alignment()).isCloseTo(Math.hypot(tilt, move), within(1e-15));
  }

  /** A tilt of the tangent 1/2 is a quarter longer than its first order. */
  @Test
  void lengthensWhatALargeMoveLeaves() {
    DirectedCorrection made = made(0.5, 0.6, 0.5, new double[] {1e-3}, new double[] {1}, 0);
    ProjectionError error = CorrectionError.of(made, new double[] {2}, 1, 0);
    assertThat(error.inside()[0]).isCloseTo(1.25 * 0.5e-3, within(1e-15));
  }

  /** Pairs with eigenvalues 4 and 2, edge 1: they leave 1/3 and 1 of what they moved. */
  @Test
  void takesPairsToHaveMovedAsFar() {
    DirectedCorrection made = made(1, 0.6, 1e-4, new double[] {0, 0}, new double[] {0.6, 0.8}, 0);
    ProjectionError error = CorrectionError.of(made, new double[] {4, 2}, 1, 0);
    assertThat(error.outside()).isCloseTo(Math.hypot(0.6 / 3, 0.8) * 0.6e-4, within(1e-15));
    // to second order XᵀXp, but for what p holds: a part is each pair's own, a part the others'
    double first = Math.sqrt(0.64 * (0.36 + 0.01));
    double second = Math.sqrt(0.36 * (0.64 + 0.01));
    assertThat(error.inside()[0]).isCloseTo(0.6e-8 * first, within(1e-20));
    assertThat(error.inside()[1]).isCloseTo(0.6e-8 * second, within(1e-20));
  }

  /**
   * Operators that turn a little every way, with spectra behind the space that reach anywhere from
   * the edge to below zero. In the mean errors are smaller than their estimates. What a correction
   * knows are sums in which terms may cancel; so one in a hundred is more than twice its estimate.
   */
  @Test
  void boundsMostErrorsOfOperatorsThatTurnALittle() {
    Random random = new Random(3);
    int draws = 2000;
    double sum = 0;
    int over = 0;
    for (int draw = 0; draw < draws; draw++) {
      double ratio = ratio(random, 0.003 * Math.pow(10, random.nextDouble()));
      sum += ratio;
      over += ratio > 2 ? 1 : 0;
    }
    assertThat(sum / draws).isLessThan(1);
    assertThat(over).isLessThan(draws / 100);
  }

  /** The error of a correction to one operator, over its estimate. */
  private double ratio(Random random, double angle) {
    int n = 10;
    int k = 1 + random.nextInt(3);
    double[] values = new double[n];
    double edge = 0.1 + 0.8 * random.nextDouble();
    double lowest = -random.nextDouble() * random.nextInt(2);
    for (int i = 0; i < n; i++) {
      values[i] =
          i < k
              ? 1 + (k - i) * random.nextDouble()
              : lowest + (edge - lowest) * random.nextDouble();
    }
    values[k] = edge;
    values[n - 1] = lowest;
    Arrays.sort(values);
    for (int i = 0; i < n / 2; i++) {
      double other = values[i];
      values[i] = values[n - 1 - i];
      values[n - 1 - i] = other;
    }
    RealMatrix skew = MatrixUtils.createRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double turn = angle * random.nextGaussian();
        skew.setEntry(i, j, turn);
        skew.setEntry(j, i, -turn);
      }
    }
    RealMatrix one = MatrixUtils.createRealIdentityMatrix(n);
    RealMatrix vectors = MatrixUtils.inverse(one.subtract(skew)).multiply(one.add(skew)); // Cayley
    SymmetricMatrix matrix = SymmetricMatrix.of(values, vectors);
    RealVector v = new ArrayRealVector(random.doubles(n, -1, 1).toArray());

    Matrix basis = scope.matrix(n, k);
    double[] axes = new double[n * k];
    for (int i = 0; i < k; i++) {
      axes[i + n * i] = 1;
    }
    basis.write(axes);
    Matrix vector = scope.matrix(n, 1);
    vector.write(v.toArray());
    Matrix corrected = scope.matrix(n, k);
    double[] known = Arrays.copyOf(values, k);
    DirectedCorrection made =
        DirectedCorrection.of(
            new DenseOperator(matrix, scope),
            new Eigenspace(basis, known, new double[0], 0, Stop.TRACKED),
            vector,
            corrected,
            new Orthonormalizer(new SplittableRandom(1)));
    RealMatrix found = SymmetricMatrix.real(corrected.toDoubles(), n);
    RealMatrix space = matrix.leadingVectors(k, Which.LARGEST);
    double error =
        found.operate(found.preMultiply(v)).subtract(space.operate(space.preMultiply(v))).getNorm();
    double estimate = CorrectionError.of(made, known, edge, lowest).weighed(0);
    return error / v.getNorm() / estimate;
  }
}
