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

  /** 10 is 1/(1 − 0.9): the whole of what a mean over the past has room for. */
  @Test
  void refusesASingleErrorOfMoreThanTenTimesTheAllowedOne() {
    assertThat(new ErrorBudget(1e-3).accepts(9.9e-3)).isTrue();
    assertThat(new ErrorBudget(1e-3).accepts(1.01e-2)).isFalse();
    assertThat(new ErrorBudget(1e-3).accepts(Double.NaN)).isFalse();
    assertThat(new ErrorBudget(1e-3).accepts(Double.POSITIVE_INFINITY)).isFalse();
  }

  /** What fits exactly, rounding included, fits. */
  @Test
  void acceptsAnErrorThatLeavesNothing() {
    double weight = 1 - 0.9;
    assertThat(new ErrorBudget(weight * 8).accepts(8)).isTrue();
    ErrorBudget budget = new ErrorBudget(weight * (0.9 * 8));
    assertThat(budget.accepts(8)).isFalse();
    budget.spend(0);
    assertThat(budget.admits()).isTrue();
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
    // 100·0.9^22 is the first below 10
    assertThat(waited).isEqualTo(22);
    assertThat(budget.accepts(1)).isTrue();
  }
}
