package org.eigensweep.network;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** −log softmax(f)_y an example, with the outputs f as logits and the class y. */
record CrossEntropy() implements LossRule {
  @Override
  public double of(double[] outputs, int at, int classes, int label) {
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
    return new Pass(gradient, probabilities, ColumnSums.of(outputs.rows(), device));
  }

  private record Pass(Matrix gradient, Matrix probabilities, ColumnSums sums) implements LossPass {
    /** An example's Hessian is diag(p) − ppᵀ. */
    @Override
    public Matrix gradientTangents(Matrix outputTangents, Scope scope) {
      Device device = gradient.device();
      int examples = gradient.columns();
      Matrix result = scope.matrix(outputTangents.rows(), outputTangents.columns());
      device.copy(outputTangents, result);
      for (int from = 0; from < result.columns(); from += examples) {
        Matrix mine = result.columns(from, examples);
        sums.centre(probabilities, mine);
        device.multiply(probabilities, mine, mine);
      }
      return result;
    }
  }
}
