package org.eigensweep.network.pass;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * weight·½‖f − y‖² an example, summed over outputs, with a one-hot target y.
 *
 * @param weight 1 for the mean squared error of this project; 2 for DL4J's L2 loss, 2/outputs for
 *     its MSE
 */
public record SquaredError(double weight) implements LossRule {
  @Override
  public String name() {
    return weight == 1 ? "mse" : "mse x " + weight;
  }

  @Override
  public double of(double[] outputs, int at, int classes, int label) {
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      double error = outputs[at + i] - (i == label ? 1 : 0);
      sum += error * error;
    }
    return weight * sum / 2;
  }

  @Override
  public LossPass linearize(Matrix outputs, Matrix targets, Scope scope) {
    Matrix error = scope.matrix(outputs.rows(), outputs.columns());
    outputs.device().copy(outputs, error);
    outputs.device().axpy(-1, targets, error);
    outputs.device().scale(weight, error);
    return new Pass(error, weight);
  }

  private record Pass(Matrix gradient, double weight) implements LossPass {
    /** The loss's Hessian is the weight times the identity. */
    @Override
    public Matrix gradientTangents(Matrix outputTangents, Scope scope) {
      if (weight == 1) {
        return outputTangents;
      }
      Matrix scaled = scope.matrix(outputTangents.rows(), outputTangents.columns());
      gradient.device().copy(outputTangents, scaled);
      gradient.device().scale(weight, scaled);
      return scaled;
    }
  }
}
