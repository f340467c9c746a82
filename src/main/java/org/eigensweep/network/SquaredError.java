package org.eigensweep.network;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** ½‖f − y‖² an example, summed over outputs, with a one-hot target y. */
record SquaredError() implements LossRule {
  @Override
  public double of(double[] outputs, int at, int classes, int label) {
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      double error = outputs[at + i] - (i == label ? 1 : 0);
      sum += error * error;
    }
    return sum / 2;
  }

  @Override
  public LossPass linearize(Matrix outputs, Matrix targets, Scope scope) {
    Matrix error = scope.matrix(outputs.rows(), outputs.columns());
    outputs.device().copy(outputs, error);
    outputs.device().axpy(-1, targets, error);
    return new Pass(error);
  }

  private record Pass(Matrix gradient) implements LossPass {
    @Override
    public Matrix gradientTangents(Matrix outputTangents, Scope scope) {
      return outputTangents; // the loss's Hessian is the identity
    }
  }
}
