package org.eigensweep.network.difference;

import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.data.DataException;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jParts;
import org.eigensweep.network.dl4j.Dl4jPasses;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** DL4J's gradient at one θ, and its differences around there. */
public final class Differences implements Linearization {
  private final Dl4jPasses passes;
  private final List<int[]> portions;
  private final Device device;
  private final Scope scope;
  private final Matrix theta;
  private final Matrix gradient;
  private final Evaluation evaluation;

  /**
   * Takes loss and gradient.
   *
   * @param passes the network over its examples
   * @param portions in which the examples pass
   * @param theta the parameters
   * @throws DataException naming a loss that has no value where the outputs have
   */
  Differences(Dl4jPasses passes, List<int[]> portions, Matrix theta) {
    this.passes = passes;
    this.portions = portions;
    this.device = theta.device();
    this.scope = device.open();
    this.theta = theta;
    this.gradient = scope.matrix(theta.rows(), 1);
    try {
      double[] at = theta.toDoubles();
      gradient.write(passes.gradient(at, portions));
      double loss = passes.loss(at, portions);
      this.evaluation = new Evaluation(loss, passes.accuracy(portions));
      if (!Double.isFinite(loss) && passes.hasFiniteOutputs(portions)) {
        throw undefined(loss);
      }
    } catch (RuntimeException | Error e) { // DL4J's own, too
      scope.close();
      throw e;
    }
  }

  /** A loss that has no value at outputs that have one has not diverged: it is not defined. */
  private DataException undefined(double loss) {
    Architecture.Vertex last = passes.model().architecture().last();
    String name =
        Dl4jParts.of(last.vertex()).stream()
            .map(Dl4jParts.Part::value)
            .filter(ILossFunction.class::isInstance)
            .map(part -> ((ILossFunction) part).name())
            .findFirst()
            .orElse("the loss");
    return new DataException(
        "%s: %s is %s where all outputs are finite, expected a finite loss: train and save the network with one that has a value for each output, and for labels of 0"
            .formatted(last.label(), name, loss));
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
    double step = LossField.STEP * (1 + device.norm(theta)) / length;
    try (Scope temporary = device.open()) {
      Matrix shifted = temporary.matrix(theta.rows(), 1);
      Matrix there = temporary.matrix(theta.rows(), 1);
      for (int sign : new int[] {1, -1}) {
        device.copy(theta, shifted);
        device.axpy(sign * step, direction, shifted);
        there.write(passes.gradient(shifted.toDoubles(), portions));
        device.axpy(sign / (2 * step), there, product);
      }
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
