package org.eigensweep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.DataException;
import org.eigensweep.data.Dataset;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The mean loss of a DL4J network that has a layer without a derivative rule: value and gradient
 * are DL4J's own in float64, Hessian products are central differences of that gradient.
 *
 * <p>A product costs two gradients a vector. Its relative error is about u^(2/3) ≈ 4·10⁻¹¹ times
 * the ratio of the third derivative to the second for a smooth network; where a kink (ReLU,
 * max-pooling) lies between the two points, the product holds its jump.
 */
final class DifferencedObjective implements Objective {
  /** Examples that DL4J is given at a time. */
  private static final int CHUNK = 500;

  private final Device device;
  private final Dl4jModel model;
  private final Dataset data;
  private final Dl4jExamples examples;
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
  DifferencedObjective(Device device, Dl4jModel model, Dataset data, PassSettings settings) {
    if (device.precision() != Precision.FLOAT64) {
      throw new IllegalArgumentException(
          "finite differences on a %s device, expected float64: rounding would drown them"
              .formatted(device.precision().name().toLowerCase(Locale.ROOT)));
    }
    this.device = device;
    this.model = model;
    this.data = data;
    this.examples = Dl4jExamples.of(model, data);
    this.together = model.couplesExamples() ? settings.batchNormExamples() : CHUNK;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int parameters() {
    return Math.toIntExact(model.parameters().length());
  }

  @Override
  public int examples() {
    return data.examples();
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
    return gradientAt(theta, portions(chosen, portion), gradient);
  }

  @Override
  public Linearization linearize(Matrix theta) {
    return new Differences(theta);
  }

  private List<int[]> allExamples() {
    int[] all = new int[examples()];
    Arrays.setAll(all, i -> i);
    return portions(all, together);
  }

  /** Examples in the portions that DL4J is given. */
  private static List<int[]> portions(int[] examples, int size) {
    List<int[]> portions = new ArrayList<>();
    for (int from = 0; from < examples.length; from += size) {
      portions.add(Arrays.copyOfRange(examples, from, Math.min(from + size, examples.length)));
    }
    return portions;
  }

  /** The mean loss at θ over some examples; leaves its gradient, and the model at θ. */
  private double gradientAt(Matrix theta, List<int[]> portions, Matrix gradient) {
    model.assign(Nd4j.createFromArray(theta.toDoubles()).reshape(1, parameters()));
    double[] sum = new double[parameters()];
    double loss = 0;
    int count = portions.stream().mapToInt(portion -> portion.length).sum();
    for (int[] portion : portions) {
      double[] part =
          model.gradientOfSum(examples.labels(portion), examples.inputs(portion)).toDoubleVector();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i] / count;
      }
      loss += model.loss() * portion.length;
    }
    gradient.write(sum);
    return loss / count;
  }

  /** The share of all examples whose largest output is their class, where the model is now. */
  private double accuracy() {
    int hits = 0;
    for (int[] portion : allExamples()) {
      double[][] outputs = model.outputs(examples.inputs(portion)).toDoubleMatrix();
      for (int j = 0; j < portion.length; j++) {
        int best = NetworkObjective.largest(outputs[j], 0, outputs[j].length);
        hits += best == data.labels()[portion[j]] ? 1 : 0;
      }
    }
    return (double) hits / examples();
  }

  @Override
  public void close() {
    // nothing lives on the device between calls
  }

  /** The gradient at one θ, and its differences around there. */
  private final class Differences implements Linearization {
    /** Cube root of float64's roundoff, where truncation and rounding of a difference meet. */
    private static final double STEP = Math.cbrt(Precision.FLOAT64.roundoff());

    /** Share of the loss that a step must change for its slope to have some digits. */
    private static final double VISIBLE = 1e-11;

    /** More than a kink between two points so near makes of a slope, and less than a doubling. */
    private static final double OFF = 1e-3;

    private final Scope scope = device.open();
    private final Matrix theta;
    private final Matrix gradient;
    private final Evaluation evaluation;

    Differences(Matrix theta) {
      this.theta = theta;
      this.gradient = scope.matrix(parameters(), 1);
      try {
        double loss = gradientAt(theta, allExamples(), gradient);
        this.evaluation = new Evaluation(loss, accuracy());
        requireDerivative(loss);
      } catch (RuntimeException | Error e) { // DL4J's own, and what is no derivative
        scope.close();
        throw e;
      }
    }

    /**
     * Compares the gradient's length with the loss's slope along it. In DL4J 1.0.0-M2.1 a SameDiff
     * layer hands on twice the gradient that it is given, and differences of that mean nothing.
     */
    private void requireDerivative(double loss) {
      double length = device.norm(gradient);
      double step = STEP * (1 + device.norm(theta)) / length;
      if (!(length * length * step > VISIBLE * Math.abs(loss))) {
        return; // at a minimum, or not finite: no slope to see
      }
      double slope = (lossAt(step) - lossAt(-step)) / (2 * step * length);
      if (Math.abs(slope / length - 1) > OFF) {
        throw new DataException(
            ("DL4J's gradient is %.3g along itself where its loss has the slope %.3g, expected the"
                    + " same: a SameDiff layer, such as self-attention, doubles it; build the"
                    + " network from other layers")
                .formatted(length, slope));
      }
    }

    /** The loss at so many gradients from θ. */
    private double lossAt(double gradients) {
      try (Scope temporary = device.open()) {
        Matrix shifted = temporary.matrix(theta.rows(), 1);
        device.copy(theta, shifted);
        device.axpy(gradients, gradient, shifted);
        return gradientAt(shifted, allExamples(), temporary.matrix(theta.rows(), 1));
      }
    }

    @Override
    public Evaluation evaluation() {
      return evaluation;
    }

    @Override
    public Matrix gradient() {
      return gradient;
    }

    @Override
    public void hessianProduct(Matrix block, Matrix product) {
      for (int j = 0; j < block.columns(); j++) {
        difference(block.column(j), product.column(j));
      }
    }

    /**
     * Not available: DL4J hands out gradients of the loss, and not the outputs' Jacobian.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void gaussNewtonProduct(Matrix block, Matrix product) {
      throw new UnsupportedOperationException(
          "a Gauss-Newton product of a network that runs on finite differences");
    }

    private void difference(Matrix direction, Matrix product) {
      double length = device.norm(direction);
      device.fill(0, product);
      if (length == 0) {
        return;
      }
      double step = STEP * (1 + device.norm(theta)) / length;
      try (Scope temporary = device.open()) {
        Matrix shifted = temporary.matrix(theta.rows(), 1);
        Matrix there = temporary.matrix(theta.rows(), 1);
        for (int sign : new int[] {1, -1}) {
          device.copy(theta, shifted);
          device.axpy(sign * step, direction, shifted);
          gradientAt(shifted, allExamples(), there);
          device.axpy(sign / (2 * step), there, product);
        }
      }
    }

    @Override
    public void close() {
      scope.close();
    }
  }
}
