package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When residuals will do, and where it looks while they will not. Axes, and values up to 8. */
class ResidualGoalTest extends OnFloat64Device {
  private static final int N = 8;

  /** Residuals of three pairs with the values 8, 6, 4 and of the first one outside. */
  private RitzPairs pairs(double first, double second, double third, double outside, double edge) {
    return AxisPairs.of(
        scope,
        N,
        LARGEST,
        4,
        new double[] {8, 6, 4, edge},
        new double[] {8 * first},
        new double[] {0, 8 * second},
        new double[] {0, 0, 8 * third},
        new double[] {0, 0, 0, 8 * outside});
  }

  @ParameterizedTest
  @CsvSource({
    "0.25,0.125,0.25,0,true",
    "0.25,0.125,0.251,0,false",
    "0.251,0,0,0,false",
    // a poor pair outside is no matter where the gap of 0.375 behind the third is twice as large
    "0,0,0,0.1875,true",
    "0,0,0,0.26,false"
  })
  void asksForEveryPairAndThatTheNextIsApart(
      double first, double second, double third, double outside, boolean reached) {
    ResidualGoal goal = new ResidualGoal(3, 0.25);
    RitzPairs pairs = pairs(first, second, third, outside, 1);
    assertThat(goal.reached(pairs)).isEqualTo(reached);
    assertThat(goal.bearable(pairs)).isEqualTo(reached);
  }

  /** Only those above the tolerance, of which there is room for the worst. */
  @Test
  void looksAlongTheWorstPairsThatMissTheTolerance() {
    RitzPairs pairs = pairs(0.02, 0.01, 0.03, 0, 1);
    requireAxes(directions(pairs, 0.01, 4), new int[] {6, 4}, 8 * 0.03, 8 * 0.02);
    requireAxes(directions(pairs, 0.01, 1), new int[] {6}, 8 * 0.03);
    requireAxes(directions(pairs, 0.005, 4), new int[] {6, 4, 5}, 8 * 0.03, 8 * 0.02, 8 * 0.01);
  }

  /** Where the pair outside is not known to belong there, it is looked for like the others. */
  @Test
  void looksAlongTheFirstPairOutsideWhereItMayBelongInside() {
    RitzPairs apart = pairs(0.02, 0, 0, 0.0625, 3);
    requireAxes(directions(apart, 0.01, 4), new int[] {4}, 8 * 0.02);
    RitzPairs near = pairs(0.02, 0, 0, 0.07, 3);
    requireAxes(directions(near, 0.01, 4), new int[] {7, 4}, 8 * 0.07, 8 * 0.02);
  }

  /** All is within the tolerance, and yet it was asked: the worst pair of those asked for. */
  @Test
  void looksAlongOneDirectionAtLeast() {
    requireAxes(directions(pairs(0.01, 0.02, 0, 0.03, 1), 0.1, 4), new int[] {5}, 8 * 0.02);
  }

  private Matrix directions(RitzPairs pairs, double tolerance, int most) {
    return new ResidualGoal(3, tolerance).directions(pairs, most, scope);
  }

  /** Each column holds one number, up to its sign, and zeros. */
  private static void requireAxes(Matrix found, int[] rows, double... lengths) {
    double[] expected = new double[N * rows.length];
    for (int j = 0; j < rows.length; j++) {
      expected[j * N + rows[j]] = lengths[j];
    }
    assertThat(AxisPairs.absolute(found)).containsExactly(expected, within(1e-13));
  }
}
