package org.eigensweep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eigensweep.array.Precision;
import org.eigensweep.data.DataException;
import org.eigensweep.linalg.IndexRange;

/**
 * Whether what DL4J calls the gradient is the derivative of its loss: for every parameter (W, b,
 * ...) the loss's slope along the gradient and a random direction, and for all together the
 * symmetry of the gradient's own derivative, uᵀHv = vᵀHu. Differences of anything else are no
 * Hessian.
 *
 * <p>Slopes and symmetry are taken on a few examples: the loss is a mean over them, and its
 * gradient is wrong for one as it is for all.
 */
final class GradientCheck {
  /** DL4J's loss and gradient, as functions of the parameters. */
  interface Field {
    /** Value and gradient at θ. */
    Point at(double[] theta);
  }

  /**
   * What DL4J gives at one θ.
   *
   * @param loss the mean over the examples
   * @param gradient n numbers
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Point(double loss, double[] gradient) {}

  /** More than a kink between two points so near makes of a slope, and less than a doubling. */
  private static final double OFF = 1e-3;

  /**
   * Share of a slope that a gradient which is wrong by little is off by: some of what differences
   * of a loss resolve. Kinks make more of it, so it counts only where it stays the same.
   */
  private static final double SLIGHTLY = 1e-6;

  /** Share of itself by which an error may move as steps shrink; kinks and truncation shrink. */
  private static final double STAYS = 0.1;

  /** Share of the loss that its rounding may be: a few hundred roundoffs, of sums and of DL4J. */
  private static final double ROUNDING = 1e-13;

  /**
   * Share of ‖Hv‖ by which uᵀHv and vᵀHu may differ. Rounding and truncation of the differences
   * leave less than 1e-6; a matrix whose antisymmetric part is a tenth of it has 0.2 on average,
   * and six pairs are tried.
   */
  private static final double ASYMMETRY = 1e-2;

  private static final int VECTORS = 4;

  /** Cube root of float64's roundoff, where truncation and rounding of a difference meet. */
  private static final double STEP = Math.cbrt(Precision.FLOAT64.roundoff());

  private final Field field;
  private final List<ParameterLayout.Parameter> parameters;
  private final Culprit culprit;
  private final Random random = new Random(7);

  GradientCheck(Field field, ParameterLayout layout, Culprit culprit) {
    this.field = field;
    this.parameters = layout.parameters();
    this.culprit = culprit;
  }

  /**
   * Checks the gradient at θ.
   *
   * @throws DataException naming the layer whose gradient is no derivative; or saying that the loss
   *     is random, or has a kink at θ
   */
  void require(double[] theta) {
    Point here = field.at(theta);
    requireRepeatable(here, field.at(theta));
    if (!Double.isFinite(here.loss())) {
      return; // reported as such by whoever asked for it
    }
    Optional<Fault> fault = worst(theta, here, OFF);
    if (fault.isPresent()) {
      throw explained(theta, fault.get());
    }
    requireNotSlightlyOff(theta, here);
    requireSymmetry(theta, here);
  }

  private void requireRepeatable(Point once, Point again) {
    double apart = Math.abs(once.loss() - again.loss());
    if (apart > 10 * ROUNDING * Math.abs(once.loss())) {
      throw new DataException(
          "%s: the loss at the same parameters is %.12g and then %.12g, expected one that is not random: save the network without what makes it so"
              .formatted(culprit.any(), once.loss(), again.loss()));
    }
  }

  /** A parameter along which loss and gradient disagree. */
  private record Fault(ParameterLayout.Parameter parameter, double gradient, double slope) {}

  /**
   * The last one in the vector that is at fault: what lies before it gets its gradient from there.
   */
  private Optional<Fault> worst(double[] theta, Point here, double off) {
    Optional<Fault> last = Optional.empty();
    for (ParameterLayout.Parameter parameter : parameters) {
      double[] direction = along(here.gradient(), parameter.range());
      double slope = slope(theta, direction, 1);
      double expected = dot(here.gradient(), direction);
      double allowed =
          off * Math.max(Math.abs(slope), Math.abs(expected)) + rounding(theta, here, 1);
      if (!(Math.abs(slope - expected) <= allowed)) {
        last = Optional.of(new Fault(parameter, expected, slope));
      }
    }
    return last;
  }

  /** What is off by the same at every step, here and elsewhere, is no kink and no rounding. */
  private void requireNotSlightlyOff(double[] theta, Point here) {
    Optional<Fault> fault = slightlyOff(theta, here);
    if (fault.isEmpty()) {
      return;
    }
    double[] elsewhere = aside(theta);
    if (slightlyOff(elsewhere, field.at(elsewhere)).isPresent()) {
      throw new DataException(
          "%s: DL4J's gradient along %s is %.9g where its loss has the slope %.9g, expected the same to %.0e%s: build the network from other layers or with another loss"
              .formatted(
                  culprit.of(fault.get().parameter().layer()),
                  fault.get().parameter().name(),
                  fault.get().gradient(),
                  fault.get().slope(),
                  SLIGHTLY,
                  culprit.reason(fault.get().parameter().layer())));
    }
  }

  /** The last parameter along which the same error, over the rounding, is left at three steps. */
  private Optional<Fault> slightlyOff(double[] theta, Point here) {
    Optional<Fault> last = Optional.empty();
    for (ParameterLayout.Parameter parameter : parameters) {
      double[] direction = along(here.gradient(), parameter.range());
      double expected = dot(here.gradient(), direction);
      double first = slope(theta, direction, 1) - expected;
      double allowed = SLIGHTLY * Math.abs(expected) + 10 * rounding(theta, here, 1);
      if (Math.abs(first) > allowed
          && stays(theta, here, direction, expected, 4)
          && stays(theta, here, direction, expected, 16)) {
        last = Optional.of(new Fault(parameter, expected, expected + first));
      }
    }
    return last;
  }

  /** Whether the error at a step so many times shorter is that of the whole step. */
  private boolean stays(
      double[] theta, Point here, double[] direction, double expected, double shorter) {
    double first = slope(theta, direction, 1) - expected;
    double apart = slope(theta, direction, shorter) - expected - first;
    return Math.abs(first) > 10 * rounding(theta, here, shorter)
        && Math.abs(apart) <= STAYS * Math.abs(first) + rounding(theta, here, shorter);
  }

  private double slope(double[] theta, double[] direction, double shorter) {
    double step = step(theta) / shorter;
    double ahead = field.at(moved(theta, step, direction)).loss();
    double behind = field.at(moved(theta, -step, direction)).loss();
    return (ahead - behind) / (2 * step);
  }

  /** Of a slope, at a step so many times shorter. */
  private static double rounding(double[] theta, Point here, double shorter) {
    return ROUNDING * Math.abs(here.loss()) * shorter / step(theta);
  }

  private static double step(double[] theta) {
    return STEP * (1 + norm(theta));
  }

  /**
   * The gradient's own direction and half as much of a random one, in some coordinates. As much of
   * it could be the opposite, where there is one coordinate.
   */
  private double[] along(double[] gradient, IndexRange range) {
    double[] part = new double[gradient.length];
    double[] other = new double[gradient.length];
    for (int i = range.from(); i < range.to(); i++) {
      part[i] = gradient[i];
      other[i] = random.nextGaussian();
    }
    double length = norm(part);
    double[] direction = moved(new double[gradient.length], 0.5 / norm(other), other);
    return length == 0 ? direction : moved(direction, 1 / length, part);
  }

  private DataException explained(double[] theta, Fault fault) {
    double[] elsewhere = aside(theta);
    // Away from a kink the two agree far better; a wrong gradient is as wrong as it was.
    if (worst(elsewhere, field.at(elsewhere), OFF / 100).isEmpty()) {
      return new DataException(
          "%s: the loss has no derivative at these parameters, its slope along %s is %.3g where DL4J's gradient says %.3g, expected the same: an activation lies on its kink, as biases of 0 over black pixels make it; train the network further"
              .formatted(
                  culprit.of(fault.parameter().layer()),
                  fault.parameter().name(),
                  fault.slope(),
                  fault.gradient()));
    }
    return new DataException(
        "%s: DL4J's gradient along %s is %.3g where its loss has the slope %.3g, expected the same%s: build the network from other layers"
            .formatted(
                culprit.of(fault.parameter().layer()),
                fault.parameter().name(),
                fault.gradient(),
                fault.slope(),
                culprit.reason(fault.parameter().layer())));
  }

  private double[] aside(double[] theta) {
    double[] aside = new double[theta.length];
    Arrays.setAll(aside, i -> random.nextGaussian());
    return moved(theta, 1e-3 * (1 + norm(theta)) / norm(aside), aside);
  }

  /** A kink between two points breaks the symmetry by chance, and hardly twice. */
  private void requireSymmetry(double[] theta, Point here) {
    double measured = 0;
    for (double shorter : new double[] {16, 64, 16}) {
      measured = asymmetry(theta, here, step(theta) / shorter);
      if (measured <= ASYMMETRY) {
        return;
      }
    }
    throw new DataException(
        "%s: differences of DL4J's gradient are no Hessian, uᵀHv and vᵀHu differ by %.2g of ‖Hv‖, expected at most %.0e: build the network from other layers"
            .formatted(culprit.any(), measured, ASYMMETRY));
  }

  /**
   * The largest |uᵀHv − vᵀHu| relative to ‖Hu‖ and ‖Hv‖, with standard normal u and v; or relative
   * to what rounding makes of a product where there is no curvature.
   */
  private double asymmetry(double[] theta, Point here, double step) {
    List<double[]> vectors = new ArrayList<>();
    List<double[]> products = new ArrayList<>();
    double largest = 0;
    for (int j = 0; j < VECTORS; j++) {
      double[] vector = new double[theta.length];
      Arrays.setAll(vector, i -> random.nextGaussian());
      double[] product = product(theta, vector, step);
      for (int i = 0; i < j; i++) {
        double apart = Math.abs(dot(vectors.get(i), product) - dot(vector, products.get(i)));
        double size = Math.sqrt(norm(product) * norm(products.get(i)));
        double terms = Math.abs(here.loss()) + norm(here.gradient());
        double rounding = ROUNDING * terms * norm(vector) / step / ASYMMETRY;
        largest = Math.max(largest, apart == 0 ? 0 : apart / (size + rounding));
      }
      vectors.add(vector);
      products.add(product);
    }
    return largest;
  }

  private double[] product(double[] theta, double[] vector, double step) {
    double times = step / norm(vector);
    double[] ahead = field.at(moved(theta, times, vector)).gradient();
    double[] behind = field.at(moved(theta, -times, vector)).gradient();
    double[] product = new double[theta.length];
    Arrays.setAll(product, i -> (ahead[i] - behind[i]) / (2 * times));
    return product;
  }

  private static double[] moved(double[] from, double times, double[] direction) {
    double[] sum = from.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += times * direction[i];
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
