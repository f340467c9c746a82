package org.eigensweep.network.difference;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.DataException;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.dl4j.Dl4jPasses;
import org.eigensweep.network.dl4j.ParameterLayout;
import org.eigensweep.network.pass.PassSettings;

/**
 * The mean loss of a DL4J network that has a layer without a derivative rule: value and gradient
 * are DL4J's own in float64, Hessian products are central differences of that gradient.
 *
 * <p>A product costs two gradients a vector. Its relative error is about u^(2/3) ≈ 4·10⁻¹¹ times
 * the ratio of the third derivative to the second for a smooth network; where a kink (ReLU,
 * max-pooling) lies between the two points, the product holds its jump.
 */
public final class DifferencedObjective implements Objective {
  /** Examples in one call of DL4J. */
  private static final int CHUNK = 500;

  /** Examples on which DL4J's gradient is checked, where they do not depend on each other. */
  private static final int SAMPLE = 100;

  /** Rounding of a sum of losses, many times over. */
  private static final double SAME = 1e-10;

  private final Device device;
  private final Dl4jModel model;
  private final Dl4jPasses passes;
  private final int together;

  /**
   * An objective.
   *
   * @param device where parameters and tangents live
   * @param model the network
   * @param data the examples, of as many values
   * @param settings which examples batch normalisation takes together; the rest is not used
   * @throws IllegalArgumentException if the device is not of double precision
   */
  public DifferencedObjective(Device device, Dl4jModel model, Dataset data, PassSettings settings) {
    if (device.precision() != Precision.FLOAT64) {
      throw new IllegalArgumentException(
          "finite differences on a %s device, expected float64: rounding would drown them"
              .formatted(device.precision().name().toLowerCase(Locale.ROOT)));
    }
    this.device = device;
    this.model = model;
    this.passes = Dl4jPasses.of(model, data);
    this.together = model.couplesExamples() ? settings.batchNormExamples() : CHUNK;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int parameters() {
    return passes.parameters();
  }

  @Override
  public int examples() {
    return passes.data().examples();
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    try (Linearization here = linearize(theta)) {
      return here.evaluation();
    }
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] chosen, Matrix gradient) {
    int portion = model.couplesExamples() ? chosen.length : together;
    List<int[]> portions = Dl4jPasses.portions(chosen, portion);
    double[] at = theta.toDoubles();
    gradient.write(passes.gradient(at, portions));
    return passes.loss(at, portions);
  }

  @Override
  public Linearization linearize(Matrix theta) {
    requireDerivative(theta.toDoubles());
    return new Differences(passes, passes.all(together), theta);
  }

  /** Finite differences mean nothing unless they are taken of the gradient of this mean loss. */
  private void requireDerivative(double[] theta) {
    int count = model.couplesExamples() ? together : SAMPLE;
    int[] some = IntStream.range(0, Math.min(count, examples())).toArray();
    List<int[]> portions = List.of(some);
    Culprit culprit = new Culprit(model.architecture().vertices());
    if (!model.couplesExamples() && some.length > 1) {
      requireMean(theta, some, culprit);
    }
    LossField field =
        at -> new LossField.Point(passes.loss(at, portions), passes.gradient(at, portions));
    new GradientCheck(field, ParameterLayout.of(model), culprit).require(theta);
  }

  /** The loss must be a mean over examples; if it is not, the examples of a batch are coupled. */
  private void requireMean(double[] theta, int[] some, Culprit culprit) {
    double whole = passes.loss(theta, List.of(some));
    double halves = passes.loss(theta, Dl4jPasses.portions(some, (some.length + 1) / 2));
    if (Math.abs(whole - halves) > SAME * Math.abs(whole)) {
      throw new DataException(
          "%s: the loss of %d examples is %.12g together and %.12g in two halves, expected a loss that does not depend on which examples are in a batch: build the network from other layers"
              .formatted(culprit.any(), some.length, whole, halves));
    }
  }

  @Override
  public void close() {
    // nothing lives on the device between calls
  }
}
