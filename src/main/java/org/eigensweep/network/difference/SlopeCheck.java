package org.eigensweep.network.difference;

import static org.eigensweep.network.difference.LossField.dot;
import static org.eigensweep.network.difference.LossField.moved;
import static org.eigensweep.network.difference.LossField.norm;
import static org.eigensweep.network.difference.LossField.rounding;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.dl4j.ParameterLayout;

/**
 * Along which parameters (W, b, ...) a gradient is not the slope of its loss.
 *
 * @param field loss and gradient
 * @param parameters in the vector's order
 * @param random where directions come from
 */
record SlopeCheck(LossField field, List<ParameterLayout.Parameter> parameters, Random random) {
  /**
   * Smallest relative error of a gradient that counts as wrong: a few times what differences of a
   * loss resolve. A kink of the loss gives larger errors, so an error counts only if it stays the
   * same for shorter steps.
   */
  static final double SLIGHTLY = 1e-6;

  /**
   * Relative change of an error, from one step length to the next, up to which it stays the same.
   * Errors of kinks and of truncation shrink with the steps.
   */
  private static final double STAYS = 0.1;

  /** A parameter along which loss and gradient disagree. */
  record Fault(ParameterLayout.Parameter parameter, double gradient, double slope) {}

  /**
   * The last parameter in the vector whose gradient is off by more than a share of its slope.
   * Earlier parameters receive their gradients through its layer, so they may be off too.
   */
  Optional<Fault> off(double[] theta, LossField.Point here, double share) {
    Optional<Fault> last = Optional.empty();
    for (ParameterLayout.Parameter parameter : parameters) {
      double[] direction = along(here.gradient(), parameter.range());
      double slope = field.slope(theta, direction, 1);
      double expected = dot(here.gradient(), direction);
      double allowed =
          share * Math.max(Math.abs(slope), Math.abs(expected)) + rounding(theta, here, 1);
      if (!(Math.abs(slope - expected) <= allowed)) {
        last = Optional.of(new Fault(parameter, expected, slope));
      }
    }
    return last;
  }

  /** The last parameter along which the same error, over the rounding, is left at three steps. */
  Optional<Fault> slightlyOff(double[] theta, LossField.Point here) {
    Optional<Fault> last = Optional.empty();
    for (ParameterLayout.Parameter parameter : parameters) {
      double[] direction = along(here.gradient(), parameter.range());
      double expected = dot(here.gradient(), direction);
      double first = field.slope(theta, direction, 1) - expected;
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
      double[] theta, LossField.Point here, double[] direction, double expected, double shorter) {
    double first = field.slope(theta, direction, 1) - expected;
    double apart = field.slope(theta, direction, shorter) - expected - first;
    return Math.abs(first) > 10 * rounding(theta, here, shorter)
        && Math.abs(apart) <= STAYS * Math.abs(first) + rounding(theta, here, shorter);
  }

  /**
   * The gradient's own direction and half as much of a random one, in some coordinates. An equal
   * share of the random one could cancel the gradient's where there is one coordinate.
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
}
