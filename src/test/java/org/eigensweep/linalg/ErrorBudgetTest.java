package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorBudgetTest {
  @Test
  void acceptsWhatIsWithinTheAllowedErrorForEver() {
    ErrorBudget budget = new ErrorBudget(1e-3);
    for (int t = 0; t < 1000; t++) {
      assertThat(budget.admits()).isTrue();
      assertThat(budget.accepts(1e-3)).isTrue();
    }
  }

  @Test
  void acceptsNothingWhereNothingIsAllowed() {
    assertThat(new ErrorBudget(0).admits()).isFalse();
  }

  /** A true error is seldom more than twice its estimate: ten times the allowed one at most. */
  @Test
  void refusesASingleEstimateOfMoreThanFiveTimesTheAllowedError() {
    ErrorBudget budget = new ErrorBudget(1e-3);
    assertThat(budget.accepts(5e-3)).isTrue();
    assertThat(budget.admits()).isTrue();
    assertThat(new ErrorBudget(1e-3).accepts(5.01e-3)).isFalse();
    assertThat(new ErrorBudget(1e-3).accepts(Double.NaN)).isFalse();
    assertThat(new ErrorBudget(1e-3).accepts(Double.POSITIVE_INFINITY)).isFalse();
  }

  /** What fits exactly, rounding included, fits. */
  @Test
  void acceptsAnErrorThatLeavesNothing() {
    double allowed = 0;
    for (int t = 0; t < 3; t++) {
      allowed = 0.9 * allowed + (1 - 0.9) * 8;
    }
    ErrorBudget budget = new ErrorBudget(allowed);
    assertThat(budget.accepts(8)).isTrue();
    assertThat(budget.accepts(8)).isTrue();
    assertThat(budget.admits()).isTrue();
    assertThat(budget.accepts(8)).isTrue();
    assertThat(budget.admits()).isFalse();
    assertThat(budget.accepts(8)).isFalse();
    ErrorBudget less = new ErrorBudget(Math.nextDown(allowed));
    assertThat(less.accepts(8)).isTrue();
    assertThat(less.accepts(8)).isTrue();
    assertThat(less.accepts(8)).isFalse();
    less.spend(0);
    assertThat(less.admits()).isTrue();
  }

  /**
   * Errors of a mean of three times the allowed one: what is accepted keeps to the allowed mean, up
   * to the one budget of ten steps that may be in hand at the end, and is not much below it.
   */
  @Test
  void keepsTheMeanOfWhatIsAcceptedWithinTheAllowedError() {
    ErrorBudget budget = new ErrorBudget(1);
    Random random = new Random(1);
    int steps = 3000;
    double spent = 0;
    for (int t = 0; t < steps; t++) {
      double error = 6 * random.nextDouble();
      if (budget.admits() && budget.accepts(error)) {
        spent += error;
      } else {
        budget.spend(0);
      }
    }
    assertThat(spent / steps).isBetween(0.5, 1 + 10.0 / steps);
  }

  @Test
  void triesAgainAfterARefusal() {
    ErrorBudget budget = new ErrorBudget(1);
    assertThat(budget.accepts(100)).isFalse();
    int waited = 0;
    while (!budget.admits()) {
      budget.spend(0);
      waited++;
    }
    // 100·0.9^29 is the first below 5
    assertThat(waited).isEqualTo(29);
    assertThat(budget.accepts(1)).isTrue();
  }

  /** A whole vector of error, 1, is within 1e-3 in the mean after 66 steps without: 0.9^66. */
  @Test
  void forgetsAnErrorThatIsUnknown() {
    for (double unknown : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      ErrorBudget budget = new ErrorBudget(1e-3);
      assertThat(budget.accepts(unknown)).isFalse();
      budget.spend(unknown);
      int steps = 0;
      while (!budget.admits() && steps < 1000) {
        budget.spend(0);
        steps++;
      }
      assertThat(steps).isBetween(40, 66);
    }
  }
}
