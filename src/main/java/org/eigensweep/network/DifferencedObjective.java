package org.eigensweep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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
import org.nd4j.linalg.lossfunctions.ILossFunction;

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

  /** Examples on which DL4J's gradient is checked, where they do not depend on each other. */
  private static final int SAMPLE = 100;

  /** Rounding of a sum of losses, many times over. */
  private static final double SAME = 1e-10;

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
    requireDerivative(theta.toDoubles());
    return new Differences(theta);
  }

  /** Differences of what is no gradient of this mean loss mean nothing. */
  private void requireDerivative(double[] theta) {
    int count = model.couplesExamples() ? together : SAMPLE;
    int[] some = IntStream.range(0, Math.min(count, examples())).toArray();
    Culprit culprit = new Culprit(model.architecture().vertices());
    if (!model.couplesExamples() && some.length > 1) {
      requireMean(theta, some, culprit);
    }
    new GradientCheck(at -> pointAt(at, List.of(some)), ParameterLayout.of(model), culprit)
        .require(theta);
  }

  /** The loss of some examples is the mean of each one's, or those of a batch are coupled. */
  private void requireMean(double[] theta, int[] some, Culprit culprit) {
    double together = pointAt(theta, List.of(some)).loss();
    double apart = pointAt(theta, portions(some, (some.length + 1) / 2)).loss();
    if (Math.abs(together - apart) > SAME * Math.abs(together)) {
      throw new DataException(
          "%s: the loss of %d examples is %.12g together and %.12g in two halves, expected a loss that does not depend on which examples are in a batch: build the network from other layers"
              .formatted(culprit.any(), some.length, together, apart));
    }
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
    double[] at = theta.toDoubles();
    gradient.write(gradientAt(at, portions));
    return lossAt(at, portions);
  }

  private GradientCheck.Point pointAt(double[] theta, List<int[]> portions) {
    return new GradientCheck.Point(lossAt(theta, portions), gradientAt(theta, portions));
  }

  private double[] gradientAt(double[] theta, List<int[]> portions) {
    move(theta);
    double[] sum = new double[parameters()];
    int count = count(portions);
    for (int[] portion : portions) {
      double[] part =
          model.gradientOfSum(examples.labels(portion), examples.inputs(portion)).toDoubleVector();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i] / count;
      }
    }
    return sum;
  }

  private double lossAt(double[] theta, List<int[]> portions) {
    move(theta);
    double sum = 0;
    for (int[] portion : portions) {
      double mean = model.score(examples.labels(portion), examples.inputs(portion));
      sum += mean * portion.length;
    }
    return sum / count(portions);
  }

  private void move(double[] theta) {
    model.assign(Nd4j.createFromArray(theta).reshape(1, parameters()));
  }

  private static int count(List<int[]> portions) {
    return portions.stream().mapToInt(portion -> portion.length).sum();
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

  /** A loss that has no value at outputs that have one has not diverged: it is not defined. */
  private void requireDefined(double loss) {
    for (int[] portion : allExamples()) {
      if (!Double.isFinite(model.outputs(examples.inputs(portion)).sumNumber().doubleValue())) {
        return; // reported as divergence by whoever asked for the loss
      }
    }
    Architecture.Vertex last = model.architecture().last();
    throw new DataException(
        "%s: %s is %s where all outputs are finite, expected a finite loss: train and save the network with one that has a value for each output, and for labels of 0"
            .formatted(last.label(), lossOf(last), loss));
  }

  private static String lossOf(Architecture.Vertex last) {
    return Dl4jParts.of(last.vertex()).stream()
        .map(Dl4jParts.Part::value)
        .filter(ILossFunction.class::isInstance)
        .map(part -> ((ILossFunction) part).name())
        .findFirst()
        .orElse("the loss");
  }

  @Override
  public void close() {
    // nothing lives on the device between calls
  }

  /** The gradient at one θ, and its differences around there. */
  private final class Differences implements Linearization {
    /** Cube root of float64's roundoff, where truncation and rounding of a difference meet. */
    private static final double STEP = Math.cbrt(Precision.FLOAT64.roundoff());

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
        if (!Double.isFinite(loss)) {
          requireDefined(loss);
        }
      } catch (RuntimeException | Error e) { // DL4J's own
        scope.close();
        throw e;
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
          there.write(gradientAt(shifted.toDoubles(), allExamples()));
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
