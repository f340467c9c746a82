package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.experiment.outcome.LayerSpectrum;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.PointSpectrum;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrialOutcome;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LayerSpectra;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.PlainDistance;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SpectrumPoints;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.SpectralDensity;
import org.eigensweep.linalg.Which;
import org.eigensweep.quadratic.Basis;
import org.eigensweep.training.UpdateRule;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;

/** Whole spectra along a trial, against a trial that is written out with dense matrices. */
class MeasuredSpectrumTest {
  private static final int RANK = 2;
  private static final int SWITCH = 7;
  private static final int STEPS = 20;
  private static final int VECTORS = 100;

  /** Of the network of 3 inputs, 4 hidden units and 2 outputs. */
  private static final Map<String, int[]> LAYERS = new LinkedHashMap<>();

  static {
    LAYERS.put("all", new int[] {0, 26});
    LAYERS.put("layer0", new int[] {0, 16});
    LAYERS.put("layer1", new int[] {16, 26});
  }

  private static SpectrumPoints points(List<Integer> steps, int every, LayerSpectra layers) {
    return new SpectrumPoints(steps, every, 30, 2, 6, layers);
  }

  private static Measuring with(SpectrumPoints spectrum) {
    return new Measuring(5, LossChange.FULL, List.of(1), PlainDistance.OFF, 2, spectrum);
  }

  private static TrialOutcome trial(Measuring measuring, double error) {
    SolverSettings solver = new SolverSettings(4, 1e-10, Which.LARGEST, 5000);
    Trunk trunk = new Trunk(0.2, WrittenOutTrial.SEED, List.of(RANK), List.of(Continuation.BULK));
    try (LocalRunner runner =
        WrittenOutTrial.runner(
            new Batches.Shuffled(7), SWITCH, STEPS, new Following(solver, error, measuring))) {
      TrunkOutcome left = Whole.trunk(runner, trunk);
      SwitchState at = left.switches().get(RANK);
      Trial trial = trunk.trials().get(0);
      return TrialOutcome.of(trial, left, at, Whole.branch(runner, trial, at));
    }
  }

  @Test
  void everyBlockHasTheEigenvalueTheTraceAndTheAlignmentOfItsDenseMatrix() {
    List<WrittenOutTrial.Point> expected =
        WrittenOutTrial.points(7, 0.2, UpdateRule.BULK, RANK, SWITCH, STEPS);
    List<Measurement> rows = trial(with(points(List.of(), 5, LayerSpectra.ON)), 0).measurements();
    assertThat(rows)
        .filteredOn(row -> !row.spectrum().blocks().isEmpty())
        .extracting(Measurement::step)
        .as("the row of the switch is no multiple of 5")
        .containsExactly(0, 5, 10, 15, 20);
    for (Measurement row : rows) {
      if (row.step() < STEPS && !row.spectrum().blocks().isEmpty()) {
        assertThat(row.spectrum().blocks())
            .extracting(LayerSpectrum::name)
            .containsExactlyElementsOf(LAYERS.keySet());
        row.spectrum().blocks().forEach(block -> isOf(block, expected.get(row.step())));
      }
    }
  }

  private static void isOf(LayerSpectrum found, WrittenOutTrial.Point at) {
    int[] range = LAYERS.get(found.name());
    int last = range[1] - 1;
    RealMatrix hessian =
        at.vectors()
            .multiply(MatrixUtils.createRealDiagonalMatrix(at.values()))
            .multiplyTransposed(at.vectors());
    RealMatrix block = hessian.getSubMatrix(range[0], last, range[0], last);
    RealVector gradient = at.gradient().getSubVector(range[0], range[1] - range[0]);
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(block.add(block.transpose()).scalarMultiply(0.5));
    int leading =
        IntStream.range(0, range[1] - range[0])
            .reduce((i, j) -> eigen.getEigenvalue(i) >= eigen.getEigenvalue(j) ? i : j)
            .getAsInt();
    assertThat(found.parameters()).isEqualTo(range[1] - range[0]);
    // The two trajectories part by rounding, which twenty steps multiply to some 1e-12; an
    // eigenvalue's error is the square of its residual of 1e-10.
    assertThat(found.eigenvalue()).isCloseTo(eigen.getEigenvalue(leading), within(1e-9));
    assertThat(found.residual()).isLessThan(1e-10);
    // As many products as there are parameters give the trace itself.
    assertThat(found.trace().standardError()).isZero();
    assertThat(found.trace().value()).isCloseTo(block.getTrace(), within(1e-9));
    assertThat(found.gradientNorm()).isCloseTo(gradient.getNorm(), within(1e-9));
    // An eigenvector's error is the residual over the gap, of which 1e-3 is little here.
    assertThat(found.alignment())
        .isCloseTo(
            Math.abs(eigen.getEigenvector(leading).dotProduct(gradient)) / gradient.getNorm(),
            within(1e-6));
  }

  @Test
  void theDensityHasTheMomentsOfTheDenseMatrix() {
    List<WrittenOutTrial.Point> expected =
        WrittenOutTrial.points(7, 0.2, UpdateRule.BULK, RANK, SWITCH, STEPS);
    List<Measurement> rows =
        trial(with(new SpectrumPoints(List.of(5, 15), 0, 2, VECTORS, 4, LayerSpectra.OFF)), 0)
            .measurements();
    for (int step : List.of(5, 15)) {
      SpectralDensity density = spectrumAt(rows, step).density();
      double[] values = expected.get(step).values();
      assertThat(Arrays.stream(density.weights()).sum()).isCloseTo(1, within(1e-9));
      // Four steps of Lanczos are exact for polynomials up to degree seven.
      for (int power = 1; power <= 3; power++) {
        int p = power;
        double mean = mean(values, p);
        double variance = mean(values, 2 * p) - mean * mean;
        // The variance of one vector's moment is 2/(n + 2) of that over the spectrum; five sigma.
        double sigma = Math.sqrt(2.0 / (values.length + 2) * variance / VECTORS);
        assertThat(density.moment(p)).isCloseTo(mean, within(5 * sigma));
      }
      assertThat(density.nodes()[0]).isGreaterThan(values[values.length - 1] - 1e-9);
      assertThat(density.nodes()[density.nodes().length - 1]).isLessThan(values[0] + 1e-9);
    }
  }

  private static double mean(double[] values, int power) {
    return Arrays.stream(values).map(value -> Math.pow(value, power)).average().orElseThrow();
  }

  private static PointSpectrum spectrumAt(List<Measurement> rows, int step) {
    return rows.stream().filter(row -> row.step() == step).findFirst().orElseThrow().spectrum();
  }

  @Test
  void aQuadraticHasItsEigenvalues() {
    List<Double> eigenvalues = List.of(5.0, 3.0, 1.0, -2.0);
    Following usual = Quadratics.following(2, 4);
    SpectrumPoints spectrum = new SpectrumPoints(List.of(8), 0, 4, 3, 4, LayerSpectra.OFF);
    Measuring measuring =
        new Measuring(4, LossChange.PARTIAL, List.of(), PlainDistance.OFF, 0, spectrum);
    try (LocalRunner runner =
        Quadratics.runner(
            Quadratics.quiet(eigenvalues, Basis.RANDOM, List.of(1.0, 1.0, 1.0, 1.0)),
            Quadratics.plan(new Batches.Full(), 8, 4),
            new Following(usual.eigenspace(), usual.error(), measuring))) {
      List<Measurement> rows = Quadratics.points(runner, 0.01, 1, UpdateRule.PLAIN);
      assertThat(spectrumAt(rows, 4)).isSameAs(PointSpectrum.NONE);
      PointSpectrum found = spectrumAt(rows, 8);
      assertThat(found.blocks()).hasSize(1);
      assertThat(found.blocks().get(0).eigenvalue()).isCloseTo(5, within(1e-9));
      assertThat(found.blocks().get(0).trace().value()).isCloseTo(7, within(1e-9));
      assertThat(found.density().nodes()).hasSize(3 * 4);
      for (double node : found.density().nodes()) {
        // Four steps in four dimensions end with the eigenvalues themselves.
        assertThat(eigenvalues).anyMatch(value -> Math.abs(value - node) < 1e-9);
      }
    }
  }

  /** With corrections and with refreshes, which both depend on what was drawn before. */
  @Test
  void changesNothingElse() {
    for (double error : new double[] {0, 1e-2}) {
      TrialOutcome without = trial(with(SpectrumPoints.NONE), error);
      TrialOutcome measured = trial(with(points(List.of(7, 20), 5, LayerSpectra.ON)), error);
      assertThat(measured.measurements())
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes(".*seconds", "spectrum")
          .withComparatorForType(Double::compare, Double.class)
          .isEqualTo(without.measurements());
      long products =
          measured.measurements().stream().mapToLong(row -> row.spectrum().products()).sum();
      assertThat(products).isPositive();
      assertThat(measured.trunkCost().products() + measured.branchCost().products())
          .isEqualTo(without.trunkCost().products() + without.branchCost().products() + products);
    }
  }

  @Test
  void dependsOnNoOtherPoint() {
    List<Measurement> all = trial(with(points(List.of(), 5, LayerSpectra.ON)), 0).measurements();
    List<Measurement> one = trial(with(points(List.of(15), 0, LayerSpectra.ON)), 0).measurements();
    assertThat(spectrumAt(one, 15))
        .usingRecursiveComparison()
        .isEqualTo(spectrumAt(all, 15))
        .isNotEqualTo(spectrumAt(all, 10));
    assertThat(spectrumAt(one, 10)).isSameAs(PointSpectrum.NONE);
  }

  /**
   * A product that is not finite ends a trial where it would without the spectrum, and there alone.
   */
  @Test
  void endsNoTrialThatWouldGoOn() {
    SpectrumPoints some = new SpectrumPoints(List.of(3), 0, 2, 1, 2, LayerSpectra.OFF);
    Measuring plain = new Measuring(3, LossChange.PARTIAL, List.of(), 0);
    int without = products(plain, 0, Status.COMPLETED);
    Measuring measured =
        new Measuring(3, LossChange.PARTIAL, List.of(), PlainDistance.OFF, 0, some);
    int with = products(measured, 0, Status.COMPLETED);
    assertThat(with).isGreaterThan(without);
    int completed = 0;
    for (int failing = 1; failing <= with; failing++) {
      completed += ends(measured, failing).equals(Status.COMPLETED) ? 1 : 0;
    }
    assertThat(completed).isEqualTo(with - without);
  }

  private final AtomicInteger calls = new AtomicInteger();

  private int products(Measuring measuring, int failing, Status expected) {
    assertThat(ends(measuring, failing)).isEqualTo(expected);
    return calls.get();
  }

  /** How a trunk ends whose n-th call for products fails; 0 for none. */
  private Status ends(Measuring measuring, int failing) {
    Protocol protocol =
        Protocols.protocol(Protocols.protocol(new SwitchRule.AtStep(5), 50, 6, 3, 1e-2), measuring);
    calls.set(0);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1)) {
      LocalRunner runner =
          WrappedProblem.runner(
              protocol,
              device,
              mean ->
                  new FailingObjective(
                      mean,
                      call ->
                          call == FailingObjective.Call.PRODUCT
                              && calls.incrementAndGet() == failing));
      TrunkOutcome ran = Whole.trunk(runner, Protocols.trunk(0.1, 3));
      if (failing > 0 && ran.status() == Status.COMPLETED) {
        assertThat(spectrumAt(ran.measurements(), 3)).isSameAs(PointSpectrum.NONE);
      }
      return ran.status();
    }
  }
}
