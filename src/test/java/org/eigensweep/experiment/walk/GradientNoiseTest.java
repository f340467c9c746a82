package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.GradientNoise;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The covariance of mini-batch gradients, against the gradients of single examples. */
class GradientNoiseTest {
  private static final int N = WrittenOutTrial.EXAMPLES;
  private static final int PAIRS = 3;

  private Device device;
  private Scope scope;
  private Objective loss;
  private Matrix theta;
  private Matrix center;
  private Matrix basis;

  @BeforeEach
  void open() {
    device = Devices.processor().open(Precision.FLOAT64, 1);
    scope = device.open();
    loss = WrittenOutTrial.loss(device);
    theta = scope.matrix(loss.parameters(), 1);
    double[] some = new double[theta.rows()];
    Arrays.setAll(some, i -> Math.sin(3 * i + 1));
    theta.write(some);
    center = scope.matrix(theta.rows(), 1);
    try (Linearization here = loss.linearize(theta)) {
      device.copy(here.gradient(), center);
    }
    basis = scope.zeros(theta.rows(), PAIRS);
    double[] axes = new double[theta.rows() * PAIRS];
    for (int j = 0; j < PAIRS; j++) {
      axes[j * theta.rows() + 7 * j] = 0.6;
      axes[j * theta.rows() + 7 * j + 1] = -0.8;
    }
    basis.write(axes);
  }

  @AfterEach
  void close() {
    loss.close();
    scope.close();
    device.close();
  }

  /** A row for each set of examples. */
  private RealMatrix gradients(List<int[]> batches) {
    RealMatrix rows = MatrixUtils.createRealMatrix(batches.size(), theta.rows());
    Matrix gradient = scope.matrix(theta.rows(), 1);
    for (int i = 0; i < batches.size(); i++) {
      loss.minibatchGradient(theta, batches.get(i), gradient);
      rows.setRow(i, gradient.toDoubles());
    }
    return rows;
  }

  /**
   * The covariance of the mean of so many examples drawn without repetition: that of one, over
   * their number, times (N−B)/(N−1).
   */
  private RealMatrix exact(int batchSize) {
    List<int[]> single = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      single.add(new int[] {i});
    }
    RealMatrix ofOne = covariance(gradients(single), N);
    return ofOne.scalarMultiply((N - batchSize) / (double) (N - 1) / batchSize);
  }

  /** Sums of products of deviations from the mean row, over a divisor. */
  private static RealMatrix covariance(RealMatrix rows, int divisor) {
    RealVector mean = MatrixUtils.createRealVector(new double[rows.getColumnDimension()]);
    for (int i = 0; i < rows.getRowDimension(); i++) {
      mean = mean.add(rows.getRowVector(i).mapDivide(rows.getRowDimension()));
    }
    RealMatrix deviations = rows.copy();
    for (int i = 0; i < rows.getRowDimension(); i++) {
      deviations.setRowVector(i, rows.getRowVector(i).subtract(mean));
    }
    return deviations.transposeMultiply(deviations).scalarMultiply(1.0 / divisor);
  }

  private double along(RealMatrix covariance, int pair) {
    RealVector u = WrittenOutTrial.dense(basis).getColumnVector(pair);
    return u.dotProduct(covariance.operate(u));
  }

  /**
   * The mean of many estimates is off by no more than four of its standard errors, which chance
   * exceeds once in 16,000: the seed is fixed. An estimate that forgot the finite number of
   * examples would be off by a fifth at batches of 7, and by eight times itself at 27.
   */
  @ParameterizedTest
  @CsvSource({"1, 2", "7, 2", "7, 30", "27, 5"})
  void isRightInTheMean(int batchSize, int batches) {
    NoiseProbe probe = new NoiseProbe(loss, batchSize, batches, 9);
    int times = 400;
    double[][] found = new double[PAIRS + 1][times];
    for (int t = 0; t < times; t++) {
      GradientNoise noise = probe.at(theta, center, basis, t);
      found[PAIRS][t] = noise.trace();
      for (int i = 0; i < PAIRS; i++) {
        found[i][t] = noise.along()[i];
      }
    }
    RealMatrix exact = exact(batchSize);
    isMeanOf(found[PAIRS], exact.getTrace());
    for (int i = 0; i < PAIRS; i++) {
      isMeanOf(found[i], along(exact, i));
    }
  }

  private static void isMeanOf(double[] estimates, double exact) {
    double mean = Arrays.stream(estimates).average().orElseThrow();
    double square = Arrays.stream(estimates).map(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(square / (estimates.length - 1) / estimates.length);
    assertThat(error).isPositive().isLessThan(exact / 5);
    assertThat(mean).isCloseTo(exact, within(4 * error));
  }

  /** Remembers the examples of each mini-batch. */
  private record Listening(Objective heard, List<int[]> batches) implements Objective {
    @Override
    public Device device() {
      return heard.device();
    }

    @Override
    public int parameters() {
      return heard.parameters();
    }

    @Override
    public int examples() {
      return heard.examples();
    }

    @Override
    public Evaluation evaluate(Matrix theta) {
      return heard.evaluate(theta);
    }

    @Override
    public Linearization linearize(Matrix theta) {
      return heard.linearize(theta);
    }

    @Override
    public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
      batches.add(examples.clone());
      return heard.minibatchGradient(theta, examples, gradient);
    }

    @Override
    public void close() {}
  }

  /** Around any center, for the mean is taken from the mini-batches themselves. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isTheSampleCovarianceOfItsMiniBatches(boolean centered) {
    List<int[]> batches = new ArrayList<>();
    NoiseProbe probe = new NoiseProbe(new Listening(loss, batches), 4, 11, 9);
    Matrix around = centered ? center : scope.zeros(theta.rows(), 1);
    GradientNoise noise = probe.at(theta, around, basis, 3);
    assertThat(batches).hasSize(11);
    assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSize(4).doesNotHaveDuplicates());
    RealMatrix sample = covariance(gradients(batches), 10);
    // Sums of eleven squares in float64.
    assertThat(noise.trace()).isCloseTo(sample.getTrace(), within(1e-13));
    for (int i = 0; i < PAIRS; i++) {
      assertThat(noise.along()[i]).isCloseTo(along(sample, i), within(1e-13));
    }
    assertThat(noise.within(2)).isCloseTo(along(sample, 0) + along(sample, 1), within(1e-13));
    assertThat(noise.within(PAIRS + 1)).isNaN();
  }

  @Test
  void isNothingWhereABatchHasAllExamples() {
    GradientNoise noise = new NoiseProbe(loss, N, 5, 9).at(theta, center, basis, 0);
    // The examples are added up in another order.
    assertThat(noise.trace()).isNotNegative().isLessThan(1e-28);
    assertThat(noise.within(PAIRS)).isNotNegative().isLessThan(1e-28);
  }

  @Test
  void dependsOnTheSeedAndTheStepAlone() {
    NoiseProbe probe = new NoiseProbe(loss, 4, 5, 9);
    double first = probe.at(theta, center, basis, 0).trace();
    assertThat(probe.at(theta, center, basis, 1).trace()).isNotEqualTo(first);
    assertThat(probe.at(theta, center, basis, 0).trace()).isEqualTo(first);
    assertThat(new NoiseProbe(loss, 4, 5, 9).at(theta, center, basis, 0).trace()).isEqualTo(first);
    assertThat(new NoiseProbe(loss, 4, 5, 8).at(theta, center, basis, 0).trace())
        .isNotEqualTo(first);
  }

  @Test
  void leavesTrainingAloneAndIsUnknownWhereABatchHasNoChoice() {
    Batches some = new Batches.Shuffled(7);
    var noisy = rows(some, new Measuring(3, LossChange.PARTIAL, List.of(), 4));
    var plain = rows(some, Measuring.every(3));
    assertThat(noisy)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*seconds", ".*noise.*")
        .withComparatorForType(Double::compare, Double.class)
        .isEqualTo(plain);
    assertThat(noisy)
        .isNotEmpty()
        .allMatch(row -> row.noise().trace() > 0 && row.noise().along().length == 2)
        .allMatch(row -> row.noise().within(2) < row.noise().trace());
    assertThat(plain).allMatch(row -> Double.isNaN(row.noise().trace()));
    assertThat(rows(new Batches.Full(), new Measuring(3, LossChange.PARTIAL, List.of(), 4)))
        .allMatch(row -> Double.isNaN(row.noise().trace()))
        .allMatch(row -> Double.isNaN(row.noise().within(1)));
  }

  private static List<Measurement> rows(Batches batches, Measuring measuring) {
    Following following =
        new Following(new SolverSettings(2, 1e-6, Which.LARGEST, 500), 0, measuring);
    Trunk trunk = new Trunk(0.1, WrittenOutTrial.SEED, List.of(2), List.of(Continuation.PLAIN));
    try (LocalRunner runner = WrittenOutTrial.runner(batches, 9, 9, following)) {
      var at = Whole.trunk(runner, trunk);
      return at.measurements();
    }
  }
}
