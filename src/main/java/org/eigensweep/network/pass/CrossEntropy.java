package org.eigensweep.network.pass;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.network.layer.Centring;

/**
 * −log p an example, with the probability p = softmax(f)_y of its class y, the outputs f as logits,
 * and p taken within [clip, 1 − clip]. Beyond that the loss is flat: value, slope and curvature of
 * an example there are those of a constant.
 *
 * @param clip 0 for the cross-entropy itself; DL4J's MCXENT has 10⁻¹⁰ by default
 */
public record CrossEntropy(double clip) implements LossRule {
  /** DL4J's default, which says no more than that a logarithm is not taken of 0. */
  private static final double USUAL_CLIP = 1e-10;

  /** Without a clip. */
  public CrossEntropy() {
    this(0);
  }

  @Override
  public String name() {
    return clip == 0 || clip == USUAL_CLIP ? "cross-entropy" : "cross-entropy clip=" + clip;
  }

  @Override
  public double of(double[] outputs, int at, int classes, int label) {
    return Math.min(Math.max(unclipped(outputs, at, classes, label), lowest()), highest());
  }

  /** Of the rounded 1 − clip, as in DL4J's score. */
  private double lowest() {
    return -Math.log(1 - clip);
  }

  private double highest() {
    return -Math.log(clip);
  }

  private static double unclipped(double[] outputs, int at, int classes, int label) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      largest = Math.max(largest, outputs[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += Math.exp(outputs[at + i] - largest);
    }
    return largest + Math.log(sum) - outputs[at + label];
  }

  @Override
  public LossPass linearize(Matrix outputs, Matrix targets, Scope scope) {
    Device device = outputs.device();
    Matrix probabilities = scope.matrix(outputs.rows(), outputs.columns());
    device.softmax(outputs, probabilities);
    Matrix gradient = scope.matrix(outputs.rows(), outputs.columns());
    device.copy(probabilities, gradient);
    device.axpy(-1, targets, gradient);
    LossPass smooth = new Pass(gradient, probabilities);
    return clip == 0 ? smooth : clipped(smooth, outputs, targets, scope);
  }

  /** The same where no example is beyond the clip. */
  private LossPass clipped(LossPass smooth, Matrix outputs, Matrix targets, Scope scope) {
    double[] logits = outputs.toDoubles();
    double[] classes = targets.toDoubles();
    int count = outputs.rows();
    double[] factors = new double[outputs.columns()];
    boolean all = true;
    for (int j = 0; j < factors.length; j++) {
      int label = LossSums.largest(classes, j * count, count);
      double loss = unclipped(logits, j * count, count, label);
      boolean flat = loss < lowest() || loss > highest(); // and not where it is no number
      factors[j] = flat ? 0 : 1;
      all &= !flat;
    }
    if (all) {
      return smooth;
    }
    Matrix kept = scope.matrix(1, factors.length);
    kept.write(factors);
    outputs.device().multiply(smooth.gradient(), kept, smooth.gradient());
    return new Clipped(smooth, kept);
  }

  private record Pass(Matrix gradient, Matrix probabilities) implements LossPass {
    /** An example's Hessian is diag(p) − ppᵀ. */
    @Override
    public Matrix gradientTangents(Matrix outputTangents, Scope scope) {
      Device device = gradient.device();
      int examples = gradient.columns();
      Matrix result = scope.matrix(outputTangents.rows(), outputTangents.columns());
      device.copy(outputTangents, result);
      for (int from = 0; from < result.columns(); from += examples) {
        Matrix mine = result.columns(from, examples);
        Centring.centre(probabilities, mine);
        device.multiply(probabilities, mine, mine);
      }
      return result;
    }
  }

  /**
   * Some examples count, the others do not.
   *
   * @param kept 1 × examples: 1 for those that count, 0 for the others
   */
  private record Clipped(LossPass smooth, Matrix kept) implements LossPass {
    @Override
    public Matrix gradient() {
      return smooth.gradient();
    }

    @Override
    public Matrix gradientTangents(Matrix outputTangents, Scope scope) {
      Matrix result = smooth.gradientTangents(outputTangents, scope);
      result.device().multiply(result, kept, result);
      return result;
    }
  }
}
