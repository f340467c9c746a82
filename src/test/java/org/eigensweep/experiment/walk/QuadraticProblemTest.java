package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.plugin.OwnServices;
import org.eigensweep.quadratic.Basis;
import org.eigensweep.training.BranchRule;
import org.eigensweep.training.Parameter;
import org.eigensweep.training.RuleOfKind;
import org.eigensweep.training.UpdateRule;
import org.eigensweep.training.UpdateRuleKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradient descent on quadratics is known in closed form. A step multiplies the coordinate along
 * eigenvector i by 1 − c·η·λᵢ, with the c of the rule for the k largest λᵢ or for the others.
 */
class QuadraticProblemTest {
  private static final double RATE = 0.05;
  private static final int SWITCH = 3;
  private static final int STEPS = 12;

  /**
   * A spectrum.
   *
   * @param values in descending order
   * @param rank whose dominant space is unique
   */
  private record Spectrum(List<Double> values, int rank) {
    List<Double> start() {
      return IntStream.range(0, values.size()).mapToObj(i -> i % 2 == 0 ? 1.0 + i : -2.0).toList();
    }

    double factor(UpdateRule rule, int i) {
      return i < rank ? rule.dominant() : rule.bulk();
    }

    /** What the steps after the switch make of coordinate i. */
    double after(BranchRule rule, int i, int steps) {
      return IntStream.range(0, steps)
          .mapToDouble(step -> 1 - factor(rule.at(step), i) * RATE * values.get(i))
          .reduce(1, (a, b) -> a * b);
    }

    /** Coordinate i after some steps. */
    double coordinate(BranchRule rule, int i, int step) {
      return start().get(i)
          * Math.pow(1 - RATE * values.get(i), Math.min(step, SWITCH))
          * after(rule, i, Math.max(step - SWITCH, 0));
    }

    DoubleStream terms(BranchRule rule, int step) {
      return IntStream.range(0, values.size())
          .mapToDouble(i -> values.get(i) * Math.pow(coordinate(rule, i, step), 2) / 2);
    }

    double loss(BranchRule rule, int step) {
      return terms(rule, step).sum();
    }
  }

  static Stream<Arguments> trials() {
    List<Spectrum> spectra =
        List.of(
            new Spectrum(List.of(9.0, 7.0, 0.5, 0.25, 0.1, 0.0), 2),
            new Spectrum(List.of(9.0, 0.5, -0.25, -3.0), 1), // the largest in value, not in size
            new Spectrum(List.of(-1.0, -2.0, -30.0), 1), // nothing but downhill
            new Spectrum(List.of(4.0, 4.0, 4.0, 1.0, 1.0), 3), // ties on both sides of the cut
            new Spectrum(List.of(4.0, 0.0, 0.0, 0.0), 1),
            new Spectrum(List.of(4.0, 1.0), 2), // nothing is left outside
            new Spectrum(List.of(3.0), 1));
    return spectra.stream()
        .flatMap(
            spectrum ->
                Stream.of(
                        UpdateRule.PLAIN,
                        UpdateRule.DOMINANT,
                        UpdateRule.BULK,
                        new UpdateRule(0.5, 1))
                    .flatMap(
                        rule ->
                            Stream.of(Basis.values())
                                .map(basis -> Arguments.of(spectrum, rule, basis))));
  }

  private static List<Measurement> points(Spectrum spectrum, BranchRule rule, Basis basis) {
    Problem problem = Quadratics.quiet(spectrum.values(), basis, spectrum.start());
    try (LocalRunner runner =
        Quadratics.runner(
            problem,
            Quadratics.plan(new Batches.Full(), STEPS, SWITCH),
            Quadratics.following(spectrum.rank(), 1))) {
      return Quadratics.points(runner, RATE, spectrum.rank(), rule);
    }
  }

  /** Residuals of 1e-9 turn the space by as little, once a step, and the loss is a square. */
  @ParameterizedTest
  @MethodSource("trials")
  void descendsAsTheClosedFormSays(Spectrum spectrum, UpdateRule rule, Basis basis) {
    assertDescends(spectrum, rule, basis);
  }

  /** A rule whose factors agree at one step, and lie far apart at the last. */
  public static final class Turning implements UpdateRuleKind {
    @Override
    public String name() {
      return "turning";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(new Parameter("by", 1, "a number", x -> true));
    }

    @Override
    public UpdateRule at(int step, Map<String, Double> values) {
      return new UpdateRule(step * values.get("by"), 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Basis.class)
  void aRuleOfAUsersJarMayChangeFromStepToStep(Basis basis, @TempDir Path folder) {
    var rule = new RuleOfKind("turning", new TreeMap<>(Map.of("by", 0.5)));
    Spectrum spectrum = new Spectrum(List.of(9.0, 7.0, 0.5, 0.25, 0.1, 0.0), 2);
    OwnServices.run(
        folder,
        UpdateRuleKind.class,
        Turning.class.getName(),
        () -> assertDescends(spectrum, rule, basis));
  }

  private static void assertDescends(Spectrum spectrum, BranchRule rule, Basis basis) {
    List<Measurement> points = points(spectrum, rule, basis);
    assertThat(points).hasSize(STEPS + 1);
    for (Measurement point : points) {
      double exact = spectrum.loss(rule, point.step());
      assertThat(point.trainLoss()).isCloseTo(exact, within(1e-6 * Math.max(1, Math.abs(exact))));
      assertThat(point.train().accuracy()).isNaN();
      assertThat(point.testLoss()).isNaN();
      for (int i = 0; i < spectrum.rank(); i++) {
        assertThat(point.eigenvalues()[i]).isCloseTo(spectrum.values().get(i), within(1e-7));
      }
    }
  }

  /**
   * A step rounds a product and a sum of about twice its size, and the closed form rounds its
   * factor as much; the loss squares both: below 8 roundoffs a step, and some for the sum.
   */
  @Test
  void plainDescentIsExactToRounding() {
    Spectrum spectrum = new Spectrum(List.of(9.0, 7.0, 0.5, 0.25, -0.1, 0.0), 2);
    for (Measurement point : points(spectrum, UpdateRule.PLAIN, Basis.AXES)) {
      double exact = spectrum.loss(UpdateRule.PLAIN, point.step());
      double size = spectrum.terms(UpdateRule.PLAIN, point.step()).map(Math::abs).sum();
      double roundoffs = 8 * point.step() + 8;
      assertThat(point.trainLoss()).isCloseTo(exact, within(roundoffs * 0x1p-52 * size));
    }
  }

  /**
   * Where the k-th and the next eigenvalue are equal, any direction between them is dominant. What
   * lies below the tie does not move under the dominant rule, whatever is chosen, and what lies
   * above moves as ever.
   */
  @ParameterizedTest
  @EnumSource(Basis.class)
  void aTieAtTheCutLeavesWhatLiesBelowAlone(Basis basis) {
    List<Double> values = List.of(8.0, 5.0, 5.0, 5.0, 1.0);
    List<Double> start = List.of(1.0, 2.0, -1.0, 3.0, 2.0);
    Problem problem = Quadratics.quiet(values, basis, start);
    try (LocalRunner runner =
        Quadratics.runner(
            problem, Quadratics.plan(new Batches.Full(), STEPS, 0), Quadratics.following(2, 1))) {
      List<Measurement> points = Quadratics.points(runner, RATE, 2, UpdateRule.DOMINANT);
      double before = Double.POSITIVE_INFINITY;
      for (Measurement point : points) {
        double first = Math.pow(1 - RATE * 8, point.step());
        double rest = point.trainLoss() - 8 * first * first / 2 - 1 * 2 * 2 / 2.0;
        // at best all three fall along the gradient, at worst the space is square to it
        double tied = 5 * (4 + 1 + 9) / 2.0;
        double best = tied * Math.pow(1 - RATE * 5, 2 * point.step());
        assertThat(rest).isBetween(best - 1e-6, Math.min(before, tied) + 1e-6);
        before = rest;
        assertThat(point.eigenvalues()[0]).isCloseTo(8, within(1e-7));
        assertThat(point.eigenvalues()[1]).isCloseTo(5, within(1e-7));
      }
    }
  }

  /** Along a negative eigenvalue it runs off until something overflows, which is an outcome. */
  @Test
  void runsOffAlongNegativeCurvatureUntilItDiverges() {
    Problem problem =
        Quadratics.quiet(List.of(1.0, -1e30), Basis.AXES, Collections.nCopies(2, 1.0));
    try (LocalRunner runner =
        Quadratics.runner(
            problem, Quadratics.plan(new Batches.Full(), 20, 20), Quadratics.following(1, 1))) {
      Trunk trunk = new Trunk(1, 0, List.of(1), List.of(Continuation.PLAIN));
      var outcome = Whole.trunk(runner, trunk);
      assertThat(outcome.status()).isEqualTo(Status.DIVERGED);
      // the gradient's square is 1e60·1e60^t, and finite below 1.8e308
      assertThat(outcome.measurements()).hasSize(6);
    }
  }
}
