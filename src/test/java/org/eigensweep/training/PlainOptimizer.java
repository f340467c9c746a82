package org.eigensweep.training;

import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Every optimiser again, one coordinate at a time, straight from its formulas. */
final class PlainOptimizer {
  private final String kind;
  private final Map<String, Double> values;
  private final double sam;
  private final double[] first = new double[NoisyParabola.N];
  private final double[] second = new double[NoisyParabola.N];

  PlainOptimizer(OptimizerSettings settings) {
    this.kind = settings.kind();
    this.values = settings.values();
    this.sam = settings.sam();
  }

  /** The point after all steps. */
  static double[] walk(OptimizerSettings settings) {
    PlainOptimizer optimizer = new PlainOptimizer(settings);
    double[] theta = NoisyParabola.start();
    for (int step = 0; step < NoisyParabola.STEPS; step++) {
      theta = optimizer.next(step, theta);
    }
    return theta;
  }

  private double[] next(int step, double[] theta) {
    double[] g = ascended(theta, point -> NoisyParabola.gradient(step, point));
    double[] next = theta.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] += displacement(i, step + 1, NoisyParabola.learningRate(step), theta[i], g[i]);
    }
    return next;
  }

  private double[] ascended(double[] theta, UnaryOperator<double[]> gradient) {
    double[] g = gradient.apply(theta);
    double norm = Math.sqrt(Arrays.stream(g).map(x -> x * x).sum());
    if (sam == 0 || norm == 0) {
      return g;
    }
    double[] point = theta.clone();
    Arrays.setAll(point, i -> theta[i] + sam * g[i] / norm);
    return gradient.apply(point);
  }

  private double displacement(int i, int t, double rate, double theta, double g) {
    return switch (kind) {
      case "sgd" -> -rate * g;
      case "heavy-ball" -> -rate * velocity(i, g);
      case "nesterov" -> -rate * (g + values.get("beta") * velocity(i, g));
      case "rmsprop" -> {
        double beta = values.get("beta");
        first[i] = beta * first[i] + (1 - beta) * g * g;
        yield -rate * g / (Math.sqrt(first[i]) + values.get("epsilon"));
      }
      case "adam" -> adam(i, t, rate, g);
      case "adamw" -> -rate * values.get("weight-decay") * theta + adam(i, t, rate, g);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private double velocity(int i, double g) {
    first[i] = values.get("beta") * first[i] + g;
    return first[i];
  }

  private double adam(int i, int t, double rate, double g) {
    double beta1 = values.get("beta1");
    double beta2 = values.get("beta2");
    first[i] = beta1 * first[i] + (1 - beta1) * g;
    second[i] = beta2 * second[i] + (1 - beta2) * g * g;
    double mean = first[i] / (1 - Math.pow(beta1, t));
    double square = second[i] / (1 - Math.pow(beta2, t));
    return -rate * mean / (Math.sqrt(square) + values.get("epsilon"));
  }
}
