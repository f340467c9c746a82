package example;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.NoExamples;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.sweep.ProblemKind;
import org.eigensweep.experiment.sweep.ProblemLabels;
import org.eigensweep.experiment.sweep.ProblemSource;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.training.Parameter;

/**
 * Rosenbrock's function of n variables, the sum of 100·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²: a valley whose
 * direction changes along the way.
 */
public final class Rosenbrock implements ProblemKind {
  @Override
  public String name() {
    return "rosenbrock";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter(
            "variables", 2, "a whole number from 2 to 1000", x -> x >= 2 && x <= 1000 && x % 1 == 0));
  }

  @Override
  public ProblemSource open(Map<String, Double> values) {
    return new Source(values.get("variables").intValue());
  }

  private record Source(long parameters) implements ProblemSource {
    @Override
    public int examples() {
      return 1;
    }

    @Override
    public SweepProblem load(Configuration hadoop) {
      return new Problem((int) parameters);
    }
  }

  private record Problem(int variables) implements SweepProblem {
    @Override
    public Precision precision() {
      return Precision.FLOAT64;
    }

    @Override
    public int examples() {
      return 1;
    }

    /** Where Rosenbrock started: −1.2 and 1 in turn. */
    @Override
    public MatrixSource start(long seed) {
      double[] x = new double[variables];
      Arrays.setAll(x, i -> i % 2 == 0 ? -1.2 : 1);
      return new HostMatrix.Doubles(variables, 1, x);
    }

    @Override
    public Objective train(Device device) {
      return new Valley(device, variables);
    }

    @Override
    public Objective test(Device device) {
      return new NoExamples(device, variables);
    }

    @Override
    public ProblemLabels labels() {
      return new ProblemLabels(
          "rosenbrock variables=" + variables,
          "rosenbrock",
          ProblemLabels.Examples.NONE,
          ProblemLabels.Examples.NONE);
    }

    @Override
    public Map<String, String> parts() {
      return Map.of("problem", "rosenbrock", "rosenbrock.variables", String.valueOf(variables));
    }
  }

  private record Valley(Device device, int parameters) implements Objective {
    @Override
    public int examples() {
      return 1;
    }

    @Override
    public Evaluation evaluate(Matrix theta) {
      return new Evaluation(value(theta.toHost().toDoubles()), Double.NaN);
    }

    @Override
    public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
      double[] x = theta.toHost().toDoubles();
      gradient.write(slope(x));
      return value(x);
    }

    @Override
    public Linearization linearize(Matrix theta) {
      return new Here(device, theta.toHost().toDoubles());
    }

    @Override
    public void close() {}
  }

  private static double value(double[] x) {
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      sum += 100 * Math.pow(x[i + 1] - x[i] * x[i], 2) + Math.pow(1 - x[i], 2);
    }
    return sum;
  }

  private static double[] slope(double[] x) {
    double[] slope = new double[x.length];
    for (int i = 0; i + 1 < x.length; i++) {
      double above = x[i + 1] - x[i] * x[i];
      slope[i] += -400 * x[i] * above - 2 * (1 - x[i]);
      slope[i + 1] += 200 * above;
    }
    return slope;
  }

  private static final class Here implements Linearization {
    private final Scope scope;
    private final double[] x;
    private final Matrix gradient;

    Here(Device device, double[] x) {
      this.scope = device.open();
      this.x = x;
      this.gradient = scope.matrix(x.length, 1);
      gradient.write(slope(x));
    }

    @Override
    public Evaluation evaluation() {
      return new Evaluation(value(x), Double.NaN);
    }

    @Override
    public Matrix gradient() {
      return gradient;
    }

    @Override
    public void hessianProduct(Matrix block, Matrix product) {
      int n = x.length;
      double[] v = block.toHost().toDoubles();
      double[] sums = new double[v.length];
      for (int from = 0; from < v.length; from += n) {
        for (int i = 0; i + 1 < n; i++) {
          double diagonal = 1200 * x[i] * x[i] - 400 * x[i + 1] + 2;
          sums[from + i] += diagonal * v[from + i] - 400 * x[i] * v[from + i + 1];
          sums[from + i + 1] += 200 * v[from + i + 1] - 400 * x[i] * v[from + i];
        }
      }
      product.write(sums);
    }

    @Override
    public void gaussNewtonProduct(Matrix block, Matrix product) {
      throw new UnsupportedOperationException("Rosenbrock's function has no outputs");
    }

    @Override
    public void close() {
      scope.close();
    }
  }
}
