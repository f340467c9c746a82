package org.eigensweep.network.generated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;

/**
 * Loss, gradient and Hessian of a network from nothing but DL4J's score, and from DL4J's gradient
 * where it is found to be the score's slope. In DL4J 1.0.0-M2.1 it is not for the layers before a
 * SameDiff layer (doubled), for running statistics (their next moves), for frozen layers (zero) and
 * for centres: there the Hessian is that of second differences of the score.
 */
final class Oracle {
  /** A jump of a slope this large is a kink; rounding of a second difference looks like 1e-10. */
  private static final double KINK = 1e-7;

  /** More than a slope's error, and far less than a gradient that is wrong. */
  private static final double SAME = 1e-6;

  private final Scores scores;
  private final double[] theta;
  private final Random random;

  /** Whether labels of 0 are 1e-5 in the score and 0 in the gradient, as in LossKLD. */
  private final boolean divergence;

  private Oracle(Scores scores, Case network) {
    this.scores = scores;
    this.theta = scores.parameters();
    this.random = new Random(network.seed());
    this.divergence =
        network.nodes().stream().anyMatch(node -> node.option("loss", "").equals("kld"));
  }

  /**
   * Asks DL4J.
   *
   * @param model the network, which is left as it is
   */
  static Expectation of(Case network, Model model) {
    Oracle oracle;
    double loss;
    try {
      oracle =
          new Oracle(new Scores(network, Networks.inDouble(withoutDecay(network), model)), network);
      loss = oracle.scores.loss(oracle.theta);
      for (int i = 0; i < 3; i++) {
        double again = oracle.scores.loss(oracle.theta);
        if (Math.abs(again - loss) > 1e-12 * Math.abs(loss)) {
          return new Expectation.Chance();
        }
      }
    } catch (RuntimeException e) {
      return new Expectation.NoScore(String.valueOf(e.getMessage()));
    }
    if (!Double.isFinite(loss)) {
      return new Expectation.NoScore("the score is " + loss);
    }
    return oracle.expected();
  }

  /**
   * DL4J's score has the weight decay of its updates in it; the project says that it has not. Where
   * weight decay is set, DL4J's builder takes L2 away.
   */
  private static Case withoutDecay(Case network) {
    boolean decays = network.settings().containsKey("decay");
    Case without = decays ? network.without("decay").without("l2") : network;
    for (int i = 0; i < without.nodes().size(); i++) {
      Node node = without.nodes().get(i);
      if (node.options().containsKey("decay")) {
        without = without.with(i, node.without("decay").without("l2"));
      }
    }
    return without;
  }

  private Expectation expected() {
    Slopes here = Slopes.of(scores::loss, theta);
    if (here.kink() > KINK * (1 + Math.abs(here.value())) || kinkAside(here.value())) {
      return new Expectation.Unclear("a kink");
    }
    boolean[] trusted = trusted(here);
    double[][] near = hessian(trusted, 1);
    double[][] far = hessian(trusted, 2);
    double error = error(near, far, here.value());
    boolean agrees = fits(near, here.value(), error);
    if (!agrees) {
      Arrays.fill(trusted, false);
      near = hessian(trusted, 1);
      far = hessian(trusted, 2);
      error = error(near, far, here.value());
      agrees = fits(near, here.value(), error);
    }
    if (!agrees || error > 1e-4 * (1 + largest(near))) {
      return new Expectation.Unclear("differences of two sizes disagree");
    }
    return regularized(here, near, error, anyTrue(trusted));
  }

  private boolean kinkAside(double value) {
    for (int i = 0; i < 4; i++) {
      double[] along = Slopes.along(scores::loss, theta, direction(), value);
      if (along[2] > KINK * (1 + Math.abs(value))) {
        return true;
      }
    }
    return false;
  }

  private double[] direction() {
    return random.doubles(theta.length, -1, 1).toArray();
  }

  /** The coordinates where DL4J's gradient is the slope, here and a step away. */
  private boolean[] trusted(Slopes here) {
    boolean[] trusted = new boolean[theta.length];
    double[] aside = Slopes.moved(theta, direction(), 0.05);
    Slopes there = Slopes.of(scores::loss, aside);
    if (divergence) {
      return trusted;
    }
    try {
      Arrays.fill(trusted, true);
      compare(scores.gradient(theta), here, trusted);
      compare(scores.gradient(aside), there, trusted);
    } catch (IllegalStateException e) { // DL4J has no way back through some frozen layers
      Arrays.fill(trusted, false);
    }
    return trusted;
  }

  private static void compare(double[] gradient, Slopes slopes, boolean[] trusted) {
    double scale = 1 + Arrays.stream(slopes.slopes()).map(Math::abs).max().orElse(0);
    for (int i = 0; i < gradient.length; i++) {
      double off = Math.abs(gradient[i] - slopes.slopes()[i]);
      trusted[i] &= off <= SAME * scale + 2 * slopes.errors()[i];
    }
  }

  /** The Hessian of the loss by differences of so many steps. */
  private double[][] hessian(boolean[] trusted, int steps) {
    int n = theta.length;
    double[][] hessian = new double[n][n];
    double h = steps * 5e-5;
    if (anyTrue(trusted)) {
      for (int j = 0; j < n; j++) {
        double[] axis = new double[n];
        axis[j] = 1;
        double[] ahead = scores.gradient(Slopes.moved(theta, axis, h));
        double[] behind = scores.gradient(Slopes.moved(theta, axis, -h));
        for (int i = 0; i < n; i++) {
          hessian[i][j] = (ahead[i] - behind[i]) / (2 * h);
        }
      }
    }
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (!trusted[i]) {
        others.add(i);
        for (int j = 0; j < n; j++) {
          hessian[i][j] = hessian[j][i];
        }
      }
    }
    secondDifferences(hessian, others, steps * 1e-3);
    return hessian;
  }

  private void secondDifferences(double[][] hessian, List<Integer> coordinates, double h) {
    for (int i : coordinates) {
      for (int j : coordinates) {
        if (j <= i) {
          double sum = 0;
          for (int a = -1; a <= 1; a += 2) {
            for (int b = -1; b <= 1; b += 2) {
              double[] moved = theta.clone();
              moved[i] += a * h;
              moved[j] += b * h;
              sum += a * b * scores.loss(moved);
            }
          }
          hessian[i][j] = sum / (4 * h * h);
          hessian[j][i] = hessian[i][j];
        }
      }
    }
  }

  /** What two step sizes and their rounding leave open, and what is not symmetric. */
  private static double error(double[][] near, double[][] far, double value) {
    double error = 1e-9 * (1 + Math.abs(value)); // 1e-14 over 5e-5, or over 4·1e-6
    for (int i = 0; i < near.length; i++) {
      for (int j = 0; j < near.length; j++) {
        error = Math.max(error, Math.abs(near[i][j] - far[i][j]));
        error = Math.max(error, Math.abs(near[i][j] - near[j][i]));
      }
    }
    return error;
  }

  /** Whether the score itself curves like that along random directions. */
  private boolean fits(double[][] hessian, double value, double error) {
    for (int k = 0; k < 2; k++) {
      double[] v = direction();
      double[] second = new double[2];
      for (int s = 0; s < 2; s++) {
        double h = (1 + s) * 5e-4;
        second[s] =
            (scores.loss(Slopes.moved(theta, v, h))
                    - 2 * value
                    + scores.loss(Slopes.moved(theta, v, -h)))
                / (h * h);
      }
      double length = Arrays.stream(v).map(x -> x * x).sum();
      // 1e-14 of the value over h² = 2.5e-7
      double open =
          Math.abs(second[0] - second[1])
              + 1e-6 * (1 + Math.abs(value))
              + 3 * error * length * Math.sqrt(hessian.length);
      if (!(Math.abs(form(hessian, v) - second[0]) <= open)) {
        return false;
      }
    }
    return true;
  }

  private static double form(double[][] hessian, double[] v) {
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < v.length; j++) {
        sum += v[i] * hessian[i][j] * v[j];
      }
    }
    return sum;
  }

  /** Adds the regularisation, a sum of squares: differences of any size are exact. */
  private Expectation regularized(
      Slopes here, double[][] hessian, double error, boolean fromGradient) {
    double[] gradient = here.slopes().clone();
    double term = scores.regularization(theta);
    for (int i = 0; i < theta.length; i++) {
      double[] axis = new double[theta.length];
      axis[i] = 1;
      double ahead = scores.regularization(Slopes.moved(theta, axis, 1));
      double behind = scores.regularization(Slopes.moved(theta, axis, -1));
      gradient[i] += (ahead - behind) / 2;
      hessian[i][i] += ahead - 2 * term + behind;
    }
    double slopeError = Arrays.stream(here.errors()).max().orElse(0);
    return new Expectation.Known(
        here.value() + term, gradient, slopeError, hessian, error, fromGradient);
  }

  private static boolean anyTrue(boolean[] values) {
    for (boolean value : values) {
      if (value) {
        return true;
      }
    }
    return false;
  }

  static double largest(double[][] matrix) {
    return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
  }
}
