package org.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thresholds against the recursions themselves, on ½λθ² just below and just above. */
class StabilityThresholdTest {
  private static OptimizerSettings optimizer(String kind, double beta) {
    return new OptimizerSettings(
        kind, new TreeMap<>(kind.equals("sgd") ? Map.of() : Map.of("beta", beta)));
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, 0, 0.1",
    "sgd, 0, 2.5",
    "heavy-ball, 0, 0.1",
    "heavy-ball, 0.9, 0.01",
    "heavy-ball, 0.5, 1.5",
    "nesterov, 0, 0.3",
    "nesterov, 0.9, 0.01",
    "nesterov, 0.3, 4"
  })
  void separatesWhatShrinksFromWhatGrows(String kind, double beta, double rate) {
    double threshold = optimizer(kind, beta).stabilityThreshold(rate);
    // A relative distance of 1e-3 from the threshold is as much from a factor of 1 in each step, or
    // somewhat less, so 40,000 steps move θ by many times itself.
    assertThat(last(kind, beta, rate, 0.999 * threshold)).isLessThan(1e-3);
    assertThat(last(kind, beta, rate, 1.001 * threshold)).isGreaterThan(1e3);
  }

  /** |θ| after many steps from 1, with the gradient λθ. */
  private static double last(String kind, double beta, double rate, double curvature) {
    double theta = 1;
    double velocity = 0;
    for (int step = 0; step < 40_000 && Math.abs(theta) < 1e6; step++) {
      double gradient = curvature * theta;
      velocity = beta * velocity + gradient;
      boolean ahead = kind.equals("nesterov");
      theta -= rate * (ahead ? gradient + beta * velocity : velocity);
    }
    return Math.abs(theta);
  }

  @Test
  void isUnknownForOthers() {
    for (String kind : new String[] {"adam", "adamw", "rmsprop", "sam", "nobody"}) {
      assertThat(new OptimizerSettings(kind, new TreeMap<>()).stabilityThreshold(0.1)).isNaN();
    }
    assertThat(OptimizerSettings.SGD.withSam(0.1).stabilityThreshold(0.1)).isNaN();
  }
}
