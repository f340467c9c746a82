package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.ErrorMeasure;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.ProjectionTracker;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.SubspaceTracker;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SteeringAccount the Hessian of real losses from the first step on, with more pairs than classes,
 * so that the spectrum has no gap behind the last pair.
 */
@Tag("slow")
class FollowedLossTest extends OnFloat64Device {
  private static final double TOLERANCE = 1e-3;
  private static final int BATCH = 20;

  private static Model mlp(int width) {
    return new Mlp(List.of(width), Activation.TANH, Initialization.PYTORCH);
  }

  private static Model cnn() {
    return new Cnn(4, Pooling.AVERAGE, Normalization.NONE, Activation.TANH, Initialization.PYTORCH);
  }

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of("MLP", mlp(20), Loss.MSE, 0.1),
        Arguments.of("MLP", mlp(20), Loss.CROSS_ENTROPY, 0.05),
        Arguments.of("CNN", cnn(), Loss.CROSS_ENTROPY, 0.05));
  }

  /** A loss on built-in digits, and a walk of SGD on it. */
  private final class Walk implements AutoCloseable {
    private final Objective objective;
    private final Matrix theta;
    private final Matrix update;
    private final double learningRate;
    private final SplittableRandom random = new SplittableRandom(3);

    Walk(Model model, Loss loss, double learningRate, int examples) {
      Dataset data = new GeneratedDigits(examples, 1, 0).load(new Configuration()).train();
      Network network = Network.of(model, data.shape(), data.classes(), loss);
      this.objective = network.objective(device, data, new PassSettings(16L << 20, 1L << 30, 1000));
      this.theta = scope.copyOf(network.initialParameters(new SplittableRandom(0)));
      this.update = scope.matrix(theta.rows(), 1);
      this.learningRate = learningRate;
    }

    void step() {
      int[] examples = random.ints(BATCH, 0, objective.examples()).toArray();
      objective.minibatchGradient(theta, examples, update);
      device.axpy(-learningRate, update, theta);
    }

    Frame frame() {
      return Frame.of(objective, theta);
    }

    @Override
    public void close() {
      objective.close();
    }
  }

  private static SolverSettings settings(int pairs, double tolerance) {
    return new SolverSettings(pairs, tolerance, Which.LARGEST, 4000);
  }

  /**
   * Twenty pairs where the classes leave a gap behind ten: each has the residual that its row says,
   * within the tolerance; so its value is within the tolerance·λ₁ of an eigenvalue, and a solve to
   * 1e-7 shows that it is the right one.
   */
  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("losses")
  void measuresPairsBeyondTheGap(String name, Model model, Loss loss, double learningRate) {
    try (Walk walk = new Walk(model, loss, learningRate, 60);
        SubspaceTracker tracker =
            new SubspaceTracker(device, settings(20, TOLERANCE), new SplittableRandom(1))) {
      for (int t = 0; t <= 24; t++) {
        try (Frame frame = walk.frame();
            Scope temporary = device.open()) {
          Eigenspace found = tracker.refresh(frame.hessian(), walk.theta);
          if (t % 12 == 0) {
            Eigenspace exact =
                new ThickRestartLanczos(settings(20, 1e-7), new SplittableRandom(2))
                    .solve(frame.hessian(), temporary);
            double spread = exact.values()[0];
            assertThat(found.residual(20)).isLessThanOrEqualTo(TOLERANCE);
            assertThat(residuals(frame.hessian(), found, temporary))
                .containsExactly(found.residuals(), within(1e-9));
            assertThat(found.values()).containsExactly(exact.values(), within(TOLERANCE * spread));
          }
        }
        walk.step();
      }
    }
  }

  /** ‖Hu − λu‖/λ₁ of each pair, by products of its own. */
  private double[] residuals(LinearOperator hessian, Eigenspace found, Scope temporary) {
    Matrix vectors = found.vectors();
    Matrix defect = temporary.matrix(vectors.rows(), vectors.columns());
    hessian.apply(vectors, defect);
    for (int i = 0; i < vectors.columns(); i++) {
      device.axpy(-found.values()[i], vectors.column(i), defect.column(i));
    }
    double[] norms = device.norms(defect);
    for (int i = 0; i < norms.length; i++) {
      norms[i] /= found.values()[0];
    }
    return norms;
  }

  /**
   * The promise of an allowed error e: the mean error of χ is at most e, a single one at most ten
   * times as much, whatever lies behind the space; e is large against what the tolerance leaves.
   */
  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("losses")
  void keepsThePromisedErrorOfAlignment(String name, Model model, Loss loss, double learningRate) {
    List<Integer> ranks = List.of(1, 5, 10, 11, 20);
    List<ProjectionTracker> trackers = new ArrayList<>();
    for (int rank : ranks) {
      trackers.add(
          new ProjectionTracker(
              device, settings(rank, TOLERANCE), 1e-3, new SplittableRandom(rank)));
    }
    double[] sums = new double[ranks.size()];
    int compared = 0;
    try (Walk walk = new Walk(model, loss, learningRate, 60)) {
      for (int t = 0; t <= 24; t++) {
        try (Frame frame = walk.frame();
            Scope temporary = device.open()) {
          for (ProjectionTracker tracker : trackers) {
            tracker.follow(frame.hessian(), walk.theta, frame.gradient(), ErrorMeasure.ALIGNMENT);
          }
          if (t % 4 == 0) {
            compared++;
            Matrix exact =
                new ThickRestartLanczos(settings(21, 1e-8), new SplittableRandom(2))
                    .solve(frame.hessian(), temporary)
                    .vectors();
            for (int i = 0; i < sums.length; i++) {
              double right = frame.alignment(exact.columns(0, ranks.get(i)));
              double error = Math.abs(frame.alignment(trackers.get(i).basis()) - right);
              assertThat(error).as("rank %d, step %d", ranks.get(i), t).isLessThan(1e-2);
              sums[i] += error;
            }
          }
        }
        walk.step();
      }
      for (int i = 0; i < sums.length; i++) {
        assertThat(sums[i] / compared).as("rank %d", ranks.get(i)).isLessThan(1e-3);
      }
    } finally {
      trackers.forEach(ProjectionTracker::close);
    }
  }

  /** A network so small that its Hessian can be written down, column by column. */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void agreesWithTheDenseSpectrum(Loss loss) {
    try (Walk walk = new Walk(mlp(1), loss, 0.1, 50);
        SubspaceTracker tracker =
            new SubspaceTracker(device, settings(12, TOLERANCE), new SplittableRandom(1))) {
      for (int t = 0; t <= 10; t++) {
        try (Frame frame = walk.frame();
            Scope temporary = device.open()) {
          Eigenspace found = tracker.refresh(frame.hessian(), walk.theta);
          if (t % 5 == 0) {
            double[] exact = spectrum(frame.hessian(), temporary);
            for (int i = 0; i < 12; i++) {
              assertThat(found.values()[i]).isCloseTo(exact[i], within(TOLERANCE * exact[0]));
            }
          }
        }
        walk.step();
      }
    }
  }

  private double[] spectrum(LinearOperator hessian, Scope temporary) {
    int n = hessian.size();
    Matrix unit = temporary.matrix(n, n);
    double[] diagonal = new double[n * n];
    for (int i = 0; i < n; i++) {
      diagonal[i + i * n] = 1;
    }
    unit.write(diagonal);
    Matrix columns = temporary.matrix(n, n);
    hessian.apply(unit, columns);
    double[] values = columns.toDoubles();
    RealMatrix dense = MatrixUtils.createRealMatrix(n, n);
    for (int i = 0; i < n * n; i++) {
      dense.setEntry(i % n, i / n, (values[i] + values[i / n + (i % n) * n]) / 2);
    }
    return new EigenDecompositionSymmetric(dense).getEigenvalues();
  }
}
