package org.eigensweep.network.difference;

import static org.eigensweep.network.difference.LossField.moved;
import static org.eigensweep.network.difference.LossField.norm;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.eigensweep.data.DataException;
import org.eigensweep.network.dl4j.ParameterLayout;

/**
 * Whether what DL4J calls the gradient is the derivative of its loss: for every parameter (W, b,
 * ...) the loss's slope along the gradient and a random direction, and for all together the
 * symmetry of the gradient's own derivative, uᵀHv = vᵀHu. If a check fails, finite differences of
 * the gradient are no Hessian.
 *
 * <p>Slopes and symmetry are taken on a few examples: the loss is a mean over them. What only some
 * examples see, such as the clips of losses, is not left to this check.
 */
final class GradientCheck {
  /** Above the error of a slope whose two points lie on either side of a kink; below a doubling. */
  private static final double OFF = 1e-3;

  private final LossField field;
  private final Culprit culprit;
  private final Random random = new Random(7);
  private final SlopeCheck slopes;
  private final SymmetryCheck symmetry;

  GradientCheck(LossField field, ParameterLayout layout, Culprit culprit) {
    this.field = field;
    this.culprit = culprit;
    this.slopes = new SlopeCheck(field, layout.parameters(), random);
    this.symmetry = new SymmetryCheck(field, random);
  }

  /**
   * Checks the gradient at θ.
   *
   * @throws DataException naming the layer whose gradient is no derivative; or saying that the loss
   *     is random, or has a kink at θ
   */
  void require(double[] theta) {
    LossField.Point here = field.at(theta);
    requireRepeatable(here, field.at(theta));
    if (!Double.isFinite(here.loss())) {
      return; // reported as such by whoever asked for it
    }
    Optional<SlopeCheck.Fault> fault = slopes.off(theta, here, OFF);
    if (fault.isPresent()) {
      throw explained(theta, fault.get());
    }
    requireNotSlightlyOff(theta, here);
    requireSymmetry(theta, here);
  }

  private void requireRepeatable(LossField.Point once, LossField.Point again) {
    double apart = Math.abs(once.loss() - again.loss());
    if (apart > 10 * LossField.ROUNDING * Math.abs(once.loss())) {
      throw new DataException(
          "%s: the loss at the same parameters is %.12g and then %.12g, expected one that is not random: save the network without what makes it so"
              .formatted(culprit.any(), once.loss(), again.loss()));
    }
  }

  private DataException explained(double[] theta, SlopeCheck.Fault fault) {
    double[] elsewhere = aside(theta);
    String layer = fault.parameter().layer();
    // Away from a kink the two agree far better; a wrong gradient is as wrong as it was.
    if (slopes.off(elsewhere, field.at(elsewhere), OFF / 100).isEmpty()) {
      return new DataException(
          "%s: the loss has no derivative at these parameters, its slope along %s is %.3g where DL4J's gradient says %.3g, expected the same: an activation lies on its kink, as biases of 0 over black pixels make it; train the network further"
              .formatted(
                  culprit.of(layer), fault.parameter().name(), fault.slope(), fault.gradient()));
    }
    return new DataException(
        "%s: DL4J's gradient along %s is %.3g where its loss has the slope %.3g, expected the same%s: build the network from other layers"
            .formatted(
                culprit.of(layer),
                fault.parameter().name(),
                fault.gradient(),
                fault.slope(),
                culprit.reason(layer)));
  }

  private double[] aside(double[] theta) {
    double[] aside = new double[theta.length];
    Arrays.setAll(aside, i -> random.nextGaussian());
    return moved(theta, 1e-3 * (1 + norm(theta)) / norm(aside), aside);
  }

  /** An error that is the same at every step, at θ and elsewhere, is no kink and no rounding. */
  private void requireNotSlightlyOff(double[] theta, LossField.Point here) {
    Optional<SlopeCheck.Fault> fault = slopes.slightlyOff(theta, here);
    if (fault.isEmpty()) {
      return;
    }
    double[] elsewhere = aside(theta);
    if (slopes.slightlyOff(elsewhere, field.at(elsewhere)).isPresent()) {
      String layer = fault.get().parameter().layer();
      throw new DataException(
          "%s: DL4J's gradient along %s is %.9g where its loss has the slope %.9g, expected the same to %.0e%s: build the network from other layers or with another loss"
              .formatted(
                  culprit.of(layer),
                  fault.get().parameter().name(),
                  fault.get().gradient(),
                  fault.get().slope(),
                  SlopeCheck.SLIGHTLY,
                  culprit.reason(layer)));
    }
  }

  private void requireSymmetry(double[] theta, LossField.Point here) {
    double measured = symmetry.least(theta, here);
    if (!(measured <= SymmetryCheck.ASYMMETRY)) {
      throw new DataException(
          "%s: differences of DL4J's gradient are no Hessian, uᵀHv and vᵀHu differ by %.2g of ‖Hv‖, expected at most %.0e: build the network from other layers"
              .formatted(culprit.any(), measured, SymmetryCheck.ASYMMETRY));
    }
  }
}
