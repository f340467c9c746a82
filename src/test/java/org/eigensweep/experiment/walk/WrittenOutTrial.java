package org.eigensweep.experiment.walk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;
import org.eigensweep.experiment.sweep.BatchOrder;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.UpdateRule;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * A trial of a network of 26 parameters by SGD, written out with dense matrices: the Hessian from
 * its products with the axes, its eigenvectors by Hipparchus. It knows nothing of what follows or
 * measures a trajectory.
 */
final class WrittenOutTrial {
  static final int EXAMPLES = 30;
  static final long SEED = 5;

  private static final NetworkProblem PROBLEM =
      new NetworkProblem(
          new NetworkSettings(
              new Mlp(List.of(4), Activation.TANH, Initialization.PYTORCH),
              Loss.CROSS_ENTROPY,
              0.01,
              Precision.FLOAT64,
              new PassSettings(16L << 20, 1L << 30, 1000)),
          new Split(examples(1), examples(2)));

  /**
   * A point.
   *
   * @param values eigenvalues of the Hessian, the largest first
   * @param vectors their eigenvectors, in columns
   * @param gradient of the training loss
   * @param batch gradient over the step's examples
   * @param base displacement before the rule
   * @param update displacement after it
   * @param loss at the point
   * @param after loss at the next one
   */
  @SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
  record Point(
      double[] values,
      RealMatrix vectors,
      RealVector gradient,
      RealVector batch,
      RealVector base,
      RealVector update,
      double loss,
      double after) {
    /** P_k v. */
    RealVector project(RealVector v, int k) {
      RealMatrix u = vectors.getSubMatrix(0, v.getDimension() - 1, 0, k - 1);
      return u.operate(u.preMultiply(v));
    }

    /** χ_k(v). */
    double alignment(RealVector v, int k) {
      return project(v, k).getNorm() / v.getNorm();
    }

    /** H v. */
    RealVector product(RealVector v) {
      RealMatrix scales = MatrixUtils.createRealDiagonalMatrix(values);
      return vectors.operate(scales.operate(vectors.preMultiply(v)));
    }
  }

  private WrittenOutTrial() {}

  /** Two classes that overlap, in three features of unlike lengths. */
  private static Dataset examples(long seed) {
    Random random = new Random(seed);
    float[] inputs = new float[3 * EXAMPLES];
    int[] labels = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = random.nextInt(2);
      for (int j = 0; j < 3; j++) {
        inputs[3 * i + j] = (float) ((j + 1) * (random.nextGaussian() + labels[i] - 0.5));
      }
    }
    return Dataset.of("random", InputShape.vector(3), 2, inputs, labels);
  }

  /** A runner of such trials, which switch at a step. */
  static LocalRunner runner(Batches batches, int switchStep, int steps, Following following) {
    TrainingPlan plan =
        new TrainingPlan(
            OptimizerSettings.SGD,
            new WarmUp(0, 1, 2),
            batches,
            steps,
            new SwitchRule.AtStep(switchStep));
    return LocalRunner.on(Devices.processor().open(Precision.FLOAT64, 1), PROBLEM, plan, following);
  }

  /** The training loss on a device. */
  static Objective loss(Device device) {
    return PROBLEM.train(device);
  }

  /**
   * The points from which steps are made.
   *
   * @param batchSize examples a step
   * @param rule plain up to the switch
   */
  static List<Point> points(
      int batchSize, double rate, UpdateRule rule, int k, int switchStep, int steps) {
    List<Point> points = new ArrayList<>();
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open();
        Objective loss = loss(device)) {
      Matrix theta = scope.copyOf(PROBLEM.start(SEED));
      BatchOrder order = new BatchOrder(RandomStream.BATCHES, SEED, EXAMPLES, batchSize);
      for (int step = 0; step < steps; step++) {
        UpdateRule now = step < switchStep ? UpdateRule.PLAIN : rule;
        points.add(step(loss, theta, order.batch(step), rate, now, k));
      }
    }
    return points;
  }

  private static Point step(
      Objective loss, Matrix theta, int[] examples, double rate, UpdateRule rule, int k) {
    int n = theta.rows();
    try (Scope scope = theta.device().open();
        Linearization here = loss.linearize(theta)) {
      Matrix batch = scope.matrix(n, 1);
      loss.minibatchGradient(theta, examples, batch);
      Matrix axes = scope.matrix(n, n);
      axes.write(flat(MatrixUtils.createRealIdentityMatrix(n)));
      Matrix hessian = scope.matrix(n, n);
      here.hessianProduct(axes, hessian);
      EigenDecompositionSymmetric eigen =
          new EigenDecompositionSymmetric(symmetric(dense(hessian)));
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i)))
              .mapToInt(i -> i)
              .toArray();
      int[] all = IntStream.range(0, n).toArray();
      Point at =
          new Point(
              IntStream.of(order).mapToDouble(eigen::getEigenvalue).toArray(),
              eigen.getV().getSubMatrix(all, order),
              dense(here.gradient()).getColumnVector(0),
              dense(batch).getColumnVector(0),
              null,
              null,
              here.evaluation().loss(),
              Double.NaN);
      RealVector base = at.batch.mapMultiply(-rate);
      RealVector inside = at.project(base, k);
      RealVector update =
          inside.mapMultiply(rule.dominant()).add(base.subtract(inside).mapMultiply(rule.bulk()));
      theta.write(dense(theta).getColumnVector(0).add(update).toArray());
      return new Point(
          at.values,
          at.vectors,
          at.gradient,
          at.batch,
          base,
          update,
          at.loss,
          loss.evaluate(theta).loss());
    }
  }

  /** Without the last digits of rounding, which Hipparchus does not bear. */
  private static RealMatrix symmetric(RealMatrix matrix) {
    return matrix.add(matrix.transpose()).scalarMultiply(0.5);
  }

  /** What a device holds. */
  static RealMatrix dense(Matrix matrix) {
    double[] values = matrix.toDoubles();
    RealMatrix dense = MatrixUtils.createRealMatrix(matrix.rows(), matrix.columns());
    for (int i = 0; i < values.length; i++) {
      dense.setEntry(i % matrix.rows(), i / matrix.rows(), values[i]);
    }
    return dense;
  }

  private static double[] flat(RealMatrix matrix) {
    double[] flat = new double[matrix.getRowDimension() * matrix.getColumnDimension()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = matrix.getEntry(i % matrix.getRowDimension(), i / matrix.getRowDimension());
    }
    return flat;
  }
}
