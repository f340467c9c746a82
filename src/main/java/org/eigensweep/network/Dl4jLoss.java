package org.eigensweep.network;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The losses of DL4J's output layers as derivative rules. */
final class Dl4jLoss {
  private Dl4jLoss() {}

  /**
   * The rule of an output layer's loss.
   *
   * @throws IllegalArgumentException naming the loss if there is no rule for it
   */
  static LossRule of(BaseOutputLayer layer) {
    ILossFunction loss = layer.getLossFn();
    boolean softmax = layer.getActivationFn() instanceof ActivationSoftmax;
    if (loss instanceof LossL2 squared && !softmax) {
      double mean = loss instanceof LossMSE ? 1.0 / layer.getNOut() : 1;
      INDArray weights = squared.getWeights();
      if (weights == null) {
        return new SquaredError(2 * mean);
      }
      if (weights.minNumber().doubleValue() == weights.maxNumber().doubleValue()) {
        return new SquaredError(2 * mean * weights.getDouble(0));
      }
    }
    if (loss instanceof LossMCXENT entropy && softmax && entropy.getWeights() == null) {
      return new CrossEntropy();
    }
    throw new IllegalArgumentException(
        "loss %s after %s has no exact derivative rule, expected MSE or L2 with equal weights, or MCXENT after softmax"
            .formatted(loss, layer.getActivationFn()));
  }
}
