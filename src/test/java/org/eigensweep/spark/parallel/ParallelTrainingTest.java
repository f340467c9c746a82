package org.eigensweep.spark.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.DoubleStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.data.Offset;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Split;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.LayerSpectrum;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.PointSpectrum;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LayerSpectra;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.PlainDistance;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SpectrumPoints;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.Whole;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trial in parts and whole. */
@Tag("slow")
class ParallelTrainingTest {
  private static final Split DIGITS = new GeneratedDigits(200, 60, 1).load(new Configuration());

  @TempDir private Path folder;

  /** λ₂ − λ₃ is about a quarter of λ₁ here, so that rounding barely turns the space. */
  private static final int RANK = 2;

  private static final Trunk TRUNK =
      new Trunk(
          0.05,
          3,
          List.of(RANK),
          List.of(Continuation.PLAIN, Continuation.DOMINANT, Continuation.BULK));

  /** Sliced vectors take none. */
  private static final SpectrumPoints SPECTRUM =
      new SpectrumPoints(List.of(0), 0, 12, 1, 3, LayerSpectra.ON);

  private static NetworkProblem problem(Precision precision) {
    return new NetworkProblem(
        new NetworkSettings(
            new Mlp(List.of(8), Activation.TANH, Initialization.PYTORCH),
            Loss.MSE,
            1e-3,
            precision,
            new PassSettings(16L << 20, 1L << 30, 1000)),
        DIGITS);
  }

  private static Protocol protocol(int steps, int switchStep, SpectrumPoints spectrum) {
    int lag = Math.max(1, steps - switchStep); // a row's from another's: no refresh more
    return new Protocol(
        new TrainingPlan(
            OptimizerSettings.SGD,
            new WarmUp(0, 1, 2),
            new Batches.Shuffled(20),
            steps,
            new SwitchRule.AtStep(switchStep)),
        new Following(
            new SolverSettings(4, 1e-4, Which.LARGEST, 2000),
            0,
            new Measuring(20, LossChange.FULL, List.of(lag), PlainDistance.OFF, 3, spectrum)));
  }

  /**
   * Mini-batches are the same, so trials part only where a projection sees the rounding of sums in
   * another order. A Lanczos solve from one vector answers to that within its tolerance of 1e-4,
   * whose square counts in a projection: hence 1e-8 in float64. The float32 bound is 168 roundoffs.
   */
  @ParameterizedTest
  @CsvSource({
    "DRIVER, FLOAT32, 100, 60, 1e-5",
    "DRIVER, FLOAT64, 100, 60, 1e-8",
    "SLICED, FLOAT64, 24, 14, 1e-8"
  })
  void equalsALocalTrialForEveryRule(
      VectorPlacement vectors, Precision precision, int steps, int switchStep, double tolerance) {
    SpectrumPoints spectrum = vectors == VectorPlacement.DRIVER ? SPECTRUM : SpectrumPoints.NONE;
    Protocol protocol = protocol(steps, switchStep, spectrum);
    List<Measurement> expected;
    try (TrialRunner local = LocalRunner.local(protocol, problem(precision), 1)) {
      expected = points(local);
    }
    try (JavaSparkContext spark = Subject.spark("local[2]");
        SpreadTraining training =
            vectors.spread(
                spark, protocol, problem(precision), 3, Reduction.ORDERED, DeviceChoice.AUTO);
        TrialRunner parallel = training.open(folder.toString(), purpose -> {})) {
      List<Measurement> found = points(parallel);
      assertThat(found).hasSameSizeAs(expected);
      double largest = 0;
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).step()).isEqualTo(expected.get(i).step());
        largest = Math.max(largest, difference(found.get(i), expected.get(i)));
      }
      assertThat(largest).isLessThan(tolerance);
      areMeasuredAlike(found, expected, tolerance);
      assertThat(found.get(0).spectrum().blocks()).hasSize(spectrum.isEmpty() ? 0 : 3);
    }
  }

  private static List<Measurement> points(TrialRunner runner) {
    TrunkOutcome trunk = Whole.trunk(runner, TRUNK);
    List<Measurement> points = new ArrayList<>(trunk.measurements());
    for (Trial trial : TRUNK.trials()) {
      BranchOutcome branch = Whole.branch(runner, trial, trunk.switches().get(RANK));
      points.addAll(branch.measurements());
    }
    return points;
  }

  /** The largest relative difference of what training comes to. */
  private static double difference(Measurement a, Measurement b) {
    return DoubleStream.of(
            relative(a.trainLoss(), b.trainLoss()),
            relative(a.testLoss(), b.testLoss()),
            relative(a.gradientNorm(), b.gradientNorm()),
            relative(a.eigenvalues()[0], b.eigenvalues()[0]),
            relative(a.gradientAlignment(RANK), b.gradientAlignment(RANK)))
        .max()
        .orElseThrow();
  }

  /**
   * What is measured beside: numbers of the order of 1, or compared with such, of which a few more
   * roundings may show than in the loss.
   */
  private static void areMeasuredAlike(
      List<Measurement> found, List<Measurement> expected, double tolerance) {
    Offset<Double> alike = within(100 * tolerance);
    for (int i = 0; i < found.size(); i++) {
      Measurement a = found.get(i);
      Measurement b = expected.get(i);
      assertThat(a.noise().trace()).isCloseTo(b.noise().trace(), alike).isPositive();
      assertThat(a.noise().within(RANK)).isCloseTo(b.noise().within(RANK), alike);
      assertThat(a.overlaps().keySet()).isEqualTo(b.overlaps().keySet());
      b.overlaps()
          .forEach(
              (lag, overlap) ->
                  assertThat(a.overlaps().get(lag).overlaps()[RANK - 1])
                      .isCloseTo(overlap.overlaps()[RANK - 1], alike));
      areAlike(a.spectrum(), b.spectrum(), alike);
      if (Double.isNaN(b.updateNorm())) {
        assertThat(a.updateNorm()).isNaN();
      } else {
        assertThat(a.made().baseUpdate().alignment(RANK))
            .isCloseTo(b.made().baseUpdate().alignment(RANK), alike);
        assertThat(a.lossTerms().bulkFirst(RANK)).isCloseTo(b.lossTerms().bulkFirst(RANK), alike);
        assertThat(a.lossTerms().bulkSecond(RANK)).isCloseTo(b.lossTerms().bulkSecond(RANK), alike);
        assertThat(a.lossChange()).isCloseTo(b.lossChange(), alike);
      }
    }
    assertThat(found).anyMatch(row -> !row.overlaps().isEmpty());
  }

  private static void areAlike(PointSpectrum found, PointSpectrum expected, Offset<Double> alike) {
    assertThat(found.density().nodes()).containsExactly(expected.density().nodes(), alike);
    assertThat(found.density().weights()).containsExactly(expected.density().weights(), alike);
    assertThat(found.blocks()).hasSameSizeAs(expected.blocks());
    for (int i = 0; i < found.blocks().size(); i++) {
      LayerSpectrum a = found.blocks().get(i);
      LayerSpectrum b = expected.blocks().get(i);
      assertThat(a.name()).isEqualTo(b.name());
      assertThat(a.trace().value()).isCloseTo(b.trace().value(), alike);
      assertThat(a.gradientNorm()).isCloseTo(b.gradientNorm(), alike);
    }
  }

  private static double relative(double found, double expected) {
    return Math.abs(found - expected) / Math.abs(expected);
  }

  @Test
  void saysWhatEachJobIsFor() {
    Protocol protocol = protocol(1, 1, SpectrumPoints.NONE);
    Queue<String> purposes = new ConcurrentLinkedQueue<>();
    try (JavaSparkContext spark = Subject.spark("local[2]");
        ParallelTraining training =
            new ParallelTraining(
                spark,
                protocol,
                problem(Precision.FLOAT64),
                3,
                Reduction.ORDERED,
                DeviceChoice.AUTO);
        TrialRunner parallel = training.open(folder.toString(), purposes::add)) {
      Whole.trunk(parallel, TRUNK);
    }
    assertThat(purposes.peek()).isEqualTo("linearise");
    assertThat(purposes).contains("product with 1 vector");
  }
}
