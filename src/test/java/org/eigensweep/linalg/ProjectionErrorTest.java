package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;

/** The error that is said to be left, written down on axes. */
class ProjectionErrorTest extends OnFloat64Device {
  private static final int N = 8;

  /** Rounding of some ten operations on numbers of about one. */
  private static final double ROUNDING = 1e-15;

  private static final ProjectionError.Left ALL = pair -> 1;

  /** Of two pairs with the values 8 and 4, with 2 and 1 outside. */
  private ProjectionError error(ProjectionError.Left left, double[] vector, double[]... outside) {
    RitzPairs ritz = AxisPairs.of(scope, N, LARGEST, 3, new double[] {8, 4, 2, 1}, outside);
    return ProjectionError.of(ritz, 2, AxisPairs.matrix(scope, N, vector), left);
  }

  /**
   * The vector has 0.6 of itself along the first pair and 0.8 on the axis to which that leads, with
   * 0.06: it is reached through that, over the gap of 6, and moves as far.
   */
  @Test
  void reachesAPairThroughItsResidualVector() {
    double[] vector = {3, 0, 0, 0, 4, 0, 0, 0};
    ProjectionError error = error(pair -> 0.5 / (1 + pair), vector, new double[] {0.06});
    assertThat(error.inside())
        .containsExactly(new double[] {0.5 * 0.8 * 0.06 / 6, 0}, within(ROUNDING));
    assertThat(error.outside()).isCloseTo(0.5 * 0.6 * 0.06 / 6, within(ROUNDING));
    double square = error.outside() * error.outside();
    assertThat(error.alignment()).isCloseTo(0.004 + square / (2 * 0.6), within(ROUNDING));
    assertThat(error.values()).containsExactly(new double[] {8, 4}, within(ROUNDING));
    assertThat(error.edge()).isCloseTo(2, within(ROUNDING));
  }

  /**
   * On the fourth axis, of value 1, the vector is met through what both residual vectors have in
   * common: by 0.06 · 0.5 over the distance of 7; on the third, by 0.06 · 0.4 over 6.
   */
  @Test
  void reachesAPairThroughWhatLiesInTheBasis() {
    double[] vector = {2, 0, 0, 6, 9, 0, 0, 0};
    double[][] outside = {{0.06}, {}, {0.4}, {0.5}};
    double direct = 0.06 * 9 / 11;
    double fourth = 0.06 * 0.5 * 6 / 11 / 7;
    assertThat(error(ALL, vector, outside).inside())
        .containsExactly(new double[] {Math.hypot(direct, fourth) / 6, 0}, within(ROUNDING));
    double[] third = {2, 0, 6, 0, 9, 0, 0, 0};
    assertThat(error(ALL, third, outside).inside()[0])
        .isCloseTo(Math.hypot(direct, 0.06 * 0.4 * 6 / 11 / 6) / 6, within(ROUNDING));
    // of the second pair, over the distance of 3
    double[][] second = {{}, {0.06}, {}, {0.5}};
    double[] along = {0, 2, 0, 6, 9, 0, 0, 0};
    assertThat(error(ALL, along, second).inside()[1])
        .isCloseTo(Math.hypot(direct, 0.06 * 0.5 * 6 / 11 / 3) / 2, within(ROUNDING));
  }

  /** Both pairs lead to one axis: what they move adds up, with its signs. */
  @Test
  void addsWhatThePairsMove() {
    double[] vector = {3, 4, 0, 0, 0, 0, 0, 0};
    double[][] same = {{0.06}, {0.03}};
    assertThat(error(ALL, vector, same).outside())
        .isCloseTo(0.6 * 0.06 / 6 + 0.8 * 0.03 / 2, within(ROUNDING));
    double[][] opposite = {{0.06}, {-0.03}};
    assertThat(error(ALL, vector, opposite).outside())
        .isCloseTo(0.8 * 0.03 / 2 - 0.6 * 0.06 / 6, within(ROUNDING));
  }

  /** Without a part in the space all that is reached is new, and turned by its length. */
  @Test
  void countsAllThatIsReachedWhereTheProjectionVanishes() {
    double[] vector = {0, 0, 0, 0, 3, 4, 0, 0};
    ProjectionError error = error(ALL, vector, new double[] {0.06}, new double[] {0, 0.03});
    double first = 0.6 * 0.06 / 6;
    double second = 0.8 * 0.03 / 2;
    assertThat(error.inside()).containsExactly(new double[] {first, second}, within(ROUNDING));
    assertThat(error.outside()).isZero();
    assertThat(error.alignment()).isCloseTo(Math.hypot(first, second), within(ROUNDING));
  }

  @Test
  void isNothingWhereNothingLiesOutsideOrNothingIsProjected() {
    RitzPairs all = AxisPairs.of(scope, 2, LARGEST, 2, new double[] {8, 4});
    ProjectionError whole = ProjectionError.of(all, 2, AxisPairs.matrix(scope, 2, 3, 4), ALL);
    ProjectionError none = error(ALL, new double[N], new double[] {0.06});
    for (ProjectionError error : new ProjectionError[] {whole, none}) {
      assertThat(error.inside()).containsExactly(0, 0);
      assertThat(error.outside()).isZero();
      assertThat(error.alignment()).isZero();
      assertThat(error.edge()).isZero();
    }
  }

  /** The second pair is as large as the first one outside, and the third lies there too. */
  @Test
  void knowsNothingOfWhatAPairWithoutAGapReaches() {
    double[] values = {8, 4, 4, 1};
    Matrix vector = AxisPairs.matrix(scope, N, 1, 0, 1, 1, 1, 1, 1, 1);
    double[][] met = {{}, {0, 0.03}};
    RitzPairs ritz = AxisPairs.of(scope, N, LARGEST, 3, values, met);
    assertThat(ProjectionError.of(ritz, 2, vector, ALL).inside()[1]).isInfinite();
    // but for one that reaches nothing
    RitzPairs exact = AxisPairs.of(scope, N, LARGEST, 3, values);
    ProjectionError error =
        ProjectionError.of(exact, 2, AxisPairs.matrix(scope, N, 1, 1, 1, 1, 1, 1, 1, 1), ALL);
    assertThat(error.inside()).containsExactly(0, 0);
    assertThat(error.outside()).isZero();
    assertThat(error.alignment()).isZero();
  }

  /** Errors of 0.03, 0.02 and 0.01 come back η times 100, 50 and 20 times as large, or once. */
  @Test
  void weighsAnErrorByHowMuchOfItComesBack() {
    double[] inside = {0.03, 0.02};
    ProjectionError error = new ProjectionError(inside, 0.01, 0.7, new double[] {100, -50}, 20);
    assertThat(error.weighed(0)).isCloseTo(Math.sqrt(14) / 100, within(ROUNDING));
    assertThat(error.weighed(0.1)).isCloseTo(Math.sqrt(0.09 + 0.01 + 4e-4), within(ROUNDING));
    assertThat(error.weighed(0.03)).isCloseTo(Math.sqrt(81e-4 + 9e-4 + 1e-4), within(ROUNDING));
    assertThat(ErrorMeasure.ofUpdate(0.1).of(error)).isEqualTo(error.weighed(0.1));
    assertThat(ErrorMeasure.ofUpdate(0.1).times(-3).of(error)).isEqualTo(3 * error.weighed(0.1));
    assertThat(ErrorMeasure.ofUpdate(0.1).times(0.5).of(error)).isEqualTo(error.weighed(0.1));
    assertThat(ErrorMeasure.ALIGNMENT.of(error)).isEqualTo(0.7);
  }

  /** Whatever the vector: with its part in the space, without it, or without what is reached. */
  @Test
  void isInfiniteAndNeverUnknownWhereTheEdgeLiesOnThePair() {
    double[][] vectors = {
      {1, 0, 0, 0, 0, 0, 0, 0},
      {0, 1, 0, 0, 1, 0, 0, 0},
      {0, 0, 0, 0, 3, 4, 0, 0},
      {1, 1, 1, 1, 1, 1, 1, 1}
    };
    for (double[] vector : vectors) {
      RitzPairs tie =
          AxisPairs.of(
              scope,
              N,
              LARGEST,
              3,
              new double[] {8, 2, 2, 1},
              new double[] {1e-5},
              new double[] {1e-5});
      Matrix v = AxisPairs.matrix(scope, N, vector);
      for (ProjectionError.Left left :
          new ProjectionError.Left[] {ALL, pair -> 0, pair -> pair == 0 ? 1 : 0}) {
        ProjectionError error = ProjectionError.of(tie, 2, v, left);
        assertThat(error.alignment()).isNotNaN();
        assertThat(error.outside()).isNotNaN();
        assertThat(error.weighed(1)).isNotNaN();
      }
    }
  }
}
