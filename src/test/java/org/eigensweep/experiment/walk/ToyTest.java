package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.IndependentDraws;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The valley ½·(1000x² + y²) with two examples ±100xy: x is a stationary AR(1) process in units of
 * the slowly falling y, with the factor a = 1 − 1000η and noise of ±100η. The dominant space of
 * rank 1 is the axis of x.
 */
@Tag("slow")
class ToyTest {
  private static final int SWITCH = 1000;
  private static final int STEPS = 2000;
  private static final List<Long> SEEDS = List.of(0L, 1L, 2L, 3L);

  private static final UpdateRule[] RULES = {
    UpdateRule.PLAIN, UpdateRule.DOMINANT, UpdateRule.BULK
  };

  /** The toy in two numbers, with the examples of a seed. */
  private static final class Simulation {
    private final double rate;
    private final IndependentDraws draws;
    private double x = 1;
    private double y = 1;
    private int step;

    Simulation(double rate, long seed) {
      this.rate = rate;
      this.draws = new IndependentDraws(seed, 2, 1);
    }

    /** Makes a step of a rule. */
    void step(UpdateRule rule) {
      move(rule, draws.batch(step)[0] == 0 ? 100 : -100);
    }

    private void move(UpdateRule rule, double coupling) {
      double slopeX = 1000 * x + coupling * y;
      double slopeY = y + coupling * x;
      x -= rule.dominant() * rate * slopeX;
      y -= rule.bulk() * rate * slopeY;
      step++;
    }

    double loss() {
      return (1000 * x * x + y * y) / 2;
    }

    double alignment() {
      return Math.abs(1000 * x) / Math.hypot(1000 * x, y);
    }
  }

  private static LocalRunner runner(Batches batches, int every) {
    return Quadratics.runner(
        Quadratics.toy(), Quadratics.plan(batches, STEPS, SWITCH), Quadratics.following(1, every));
  }

  private static LocalRunner stochastic(int every) {
    return runner(new Batches.Independent(1), every);
  }

  private static Trunk trunk(double rate, long seed) {
    return new Trunk(
        rate,
        seed,
        List.of(1),
        Stream.of(RULES).map(rule -> Continuation.asTrunk("rule", rule)).toList());
  }

  /** |x|: the gradient's part in the dominant space is 1000x. */
  private static double steep(Measurement point) {
    return Math.abs(point.gradient().along().dots()[0]) / 1000;
  }

  /** |y|, the gradient outside of it. */
  private static double flat(Measurement point) {
    return point.gradient().outsideNorm();
  }

  static Stream<Arguments> trials() {
    return Stream.of(1e-4, 2e-4, 5e-4, 1e-3)
        .flatMap(rate -> Stream.of(RULES).map(rule -> Arguments.of(rate, rule)));
  }

  /**
   * A step rounds a few times, and errors shrink with the coordinates; residuals of 1e-9 turn the
   * dominant space by as little, once a step.
   */
  @ParameterizedTest
  @MethodSource("trials")
  void goesWhereTwoNumbersGo(double rate, UpdateRule rule) {
    try (LocalRunner runner = stochastic(20)) {
      TrunkOutcome left = Whole.trunk(runner, trunk(rate, 1));
      SwitchState at = left.switches().get(1);
      List<Measurement> points = new ArrayList<>(left.measurements());
      points.addAll(
          Whole.branch(runner, new Trial(rate, 1, 1, Continuation.asTrunk("rule", rule)), at)
              .measurements());
      Simulation simulation = new Simulation(rate, 1);
      assertThat(points.get(points.size() - 1).step()).isEqualTo(STEPS);
      for (Measurement point : points) {
        while (simulation.step < point.step()) {
          simulation.step(simulation.step < SWITCH ? UpdateRule.PLAIN : rule);
        }
        assertThat(point.trainLoss() / simulation.loss()).isCloseTo(1, within(1e-6));
        assertThat(point.gradientAlignment(1)).isCloseTo(simulation.alignment(), within(1e-6));
        assertThat(point.eigenvalues()[0]).isCloseTo(1000, within(1e-5));
      }
    }
  }

  /** All points of the trunks of four seeds, but for the first of each. */
  private static List<Measurement> trunkPoints(double rate, int skipped) {
    try (LocalRunner runner = stochastic(1)) {
      return SEEDS.stream()
          .flatMap(
              seed -> Whole.trunk(runner, trunk(rate, seed)).measurements().stream().skip(skipped))
          .toList();
    }
  }

  /**
   * The deviation of x/y is 100η/√(1 − a²). A mean square of N points of an AR(1) process has the
   * relative standard error √(2/N·(1 + a²)/(1 − a²)), and that of a root is half of it; the noise
   * is ±, whose fourth power only makes it less. A step also multiplies y by 1 − η ± 100η·x/y,
   * which a mean square sees by η and by the square of the other: below 0.3 %. The first points are
   * left out, until a start at 1 has fallen below 1e-3 of the deviation.
   *
   * <p>The alignment is compared with its mean over 5000 steps of a simulation, which was written
   * down to three digits. Such a mean has a standard deviation over seeds, and one over 1000 steps
   * another, found from 150 more simulated seeds; the margin is four times that of the difference,
   * and half a digit.
   */
  @ParameterizedTest
  @CsvSource({
    "1e-4, 0.0229, 150, 0.970, 0.0021, 0.0052",
    "2e-4, 0.0333, 100, 0.978, 0.0012, 0.0030",
    "5e-4, 0.0577, 100, 0.994, 0.0005, 0.0011",
    "1e-3, 0.1, 10, 1.000, 0, 0"
  })
  void underNoiseTheGradientIsSteepAndTheSteepCoordinateStationary(
      double rate, double deviation, int skipped, double chi, double spread, double spreadHere) {
    double a = 1 - 1000 * rate;
    double exact = 100 * rate / Math.sqrt(1 - a * a);
    assertThat(exact).isCloseTo(deviation, within(5e-5));
    List<Measurement> points = trunkPoints(rate, skipped);
    double found =
        Math.sqrt(
            points.stream()
                .mapToDouble(point -> Math.pow(steep(point) / flat(point), 2))
                .average()
                .orElseThrow());
    double error = Math.sqrt(2.0 / points.size() * (1 + a * a) / (1 - a * a)) / 2;
    assertThat(found / exact).isCloseTo(1, within(4 * error + 3e-3));
    double alignment =
        points.stream().mapToDouble(p -> p.gradientAlignment(1)).average().orElseThrow();
    double difference = Math.hypot(spread, spreadHere / Math.sqrt(SEEDS.size()));
    assertThat(alignment).isCloseTo(chi, within(4 * difference + 5e-4));
  }

  /** From the same point without noise, x falls by a at each step and y by 1 − η. */
  @ParameterizedTest
  @CsvSource({"1e-4", "2e-4", "5e-4", "1e-3"})
  void withoutNoiseTheAlignmentFallsToNothing(double rate) {
    for (long seed : SEEDS) {
      SwitchState at;
      try (LocalRunner noisy = stochastic(SWITCH)) {
        at = Whole.trunk(noisy, trunk(rate, seed)).switches().get(1);
      }
      double[] start = at.theta().whole().toDoubles();
      try (LocalRunner quiet = runner(new Batches.Full(), 40)) {
        Trial trial = new Trial(rate, seed, 1, Continuation.PLAIN);
        List<Measurement> points = Whole.branch(quiet, trial, at).measurements();
        for (Measurement point : points) {
          int steps = point.step() - SWITCH;
          double x = start[0] * Math.pow(1 - 1000 * rate, steps);
          double y = start[1] * Math.pow(1 - rate, steps);
          double exact = Math.abs(1000 * x) / Math.hypot(1000 * x, y);
          // residuals of 1e-9 turn the space by as little
          assertThat(point.gradientAlignment(1)).isCloseTo(exact, within(1e-8));
        }
        assertThat(points.get(points.size() - 1).gradientAlignment(1)).isLessThan(1e-8);
      }
    }
  }

  private static List<Measurement> branch(double rate, long seed, UpdateRule rule, int every) {
    try (LocalRunner runner = stochastic(every)) {
      SwitchState at = Whole.trunk(runner, trunk(rate, seed)).switches().get(1);
      return Whole.branch(runner, new Trial(rate, seed, 1, Continuation.asTrunk("rule", rule)), at)
          .measurements();
    }
  }

  /**
   * Under the dominant rule y stands still and x goes on as before, so that the loss is ½y²·(1 +
   * 1000·deviation²) in the mean. Its second part has the error of a mean square.
   */
  @ParameterizedTest
  @CsvSource({"1e-4, 1.526", "2e-4, 2.111"})
  void theDominantRuleIsStuck(double rate, double factor) {
    double a = 1 - 1000 * rate;
    double exact = 1 + 1000 * Math.pow(100 * rate, 2) / (1 - a * a);
    assertThat(exact).isCloseTo(factor, within(5e-4));
    double sum = 0;
    int count = 0;
    for (long seed : SEEDS) {
      List<Measurement> points = branch(rate, seed, UpdateRule.DOMINANT, 4);
      double y = flat(points.get(0));
      for (Measurement point : points) {
        // an update is some 1e3·η·x, and 1e-9 of it may leave the space at each of 1000 steps
        assertThat(flat(point) / y).isCloseTo(1, within(1e-6));
        sum += point.trainLoss() / (y * y / 2);
        count++;
      }
    }
    double b = Math.pow(a, 4); // every fourth point of an AR(1) process is one, too
    double error = Math.sqrt(2.0 / count * (1 + b * b) / (1 - b * b)) * (exact - 1);
    assertThat(sum / count).isCloseTo(exact, within(4 * error));
  }

  /**
   * Under the bulk rule x stands still, and y falls by 1 − η with noise of ±100η·x. The sum of that
   * noise has the deviation 100η·|x|·√((1 − (1−η)^2t)/(1 − (1−η)²)).
   */
  @ParameterizedTest
  @CsvSource({"1e-4", "2e-4", "5e-4", "1e-3"})
  void theBulkRuleFreezesTheSteepCoordinateAndLowersTheFlatOne(double rate) {
    double decay = Math.pow(1 - rate, STEPS - SWITCH);
    double noise = Math.sqrt((1 - decay * decay) / (1 - Math.pow(1 - rate, 2)));
    for (long seed : SEEDS) {
      List<Measurement> points = branch(rate, seed, UpdateRule.BULK, SWITCH);
      Measurement first = points.get(0);
      Measurement last = points.get(points.size() - 1);
      assertThat(steep(last) / steep(first)).isCloseTo(1, within(1e-6));
      double deviation = 100 * rate * steep(first) * noise;
      assertThat(flat(last)).isCloseTo(decay * flat(first), within(4 * deviation));
    }
  }

  /** At small steps the flat coordinate falls under the bulk rule as under SGD; at large not. */
  @ParameterizedTest
  @CsvSource({"1e-4, 0.9, 1.1", "2e-4, 0.8, 1.25"})
  void atSmallStepsTheFlatCoordinateFallsAsUnderSgd(double rate, double least, double most) {
    for (long seed : SEEDS) {
      List<Measurement> bulk = branch(rate, seed, UpdateRule.BULK, SWITCH);
      List<Measurement> plain = branch(rate, seed, UpdateRule.PLAIN, SWITCH);
      double ratio = flat(bulk.get(bulk.size() - 1)) / flat(plain.get(plain.size() - 1));
      assertThat(ratio).isBetween(least, most);
    }
  }
}
