package org.eigensweep.network.compile;

import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.pass.CrossEntropy;
import org.eigensweep.network.pass.LossRule;
import org.eigensweep.network.pass.SquaredError;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** The loss of a DL4J output layer as a derivative rule. */
public sealed interface Dl4jLoss {
  /**
   * The rule.
   *
   * @param outputs outputs of the network
   */
  LossRule over(int outputs);

  /**
   * The loss of a network's last vertex.
   *
   * @throws IllegalArgumentException naming the vertex, and its loss or option without a rule
   */
  static Dl4jLoss of(Architecture.Vertex last) {
    if (last.layer() == null || !(last.layer().getLayer() instanceof BaseLayer output)) {
      throw new IllegalArgumentException(
          "%s: it has no loss, expected an output layer at the end".formatted(last.label()));
    }
    try {
      return of(output);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(last.label(), e.getMessage()), e);
    }
  }

  /**
   * The loss of an output layer.
   *
   * @throws IllegalArgumentException naming the loss, or its option, if there is no rule for it
   */
  static Dl4jLoss of(BaseLayer layer) {
    ILossFunction loss = lossOf(layer);
    IActivation activation = layer.getActivationFn();
    boolean softmax = isSoftmax(activation);
    if ((is(loss, LossL2.class) || is(loss, LossMSE.class)) && !softmax) {
      return squared((LossL2) loss);
    }
    if ((is(loss, LossMCXENT.class) || is(loss, LossNegativeLogLikelihood.class)) && softmax) {
      return entropy((LossMCXENT) loss);
    }
    throw new IllegalArgumentException(
        "loss %s after %s has no exact derivative rule, expected MSE or L2 with equal weights, or MCXENT after softmax"
            .formatted(loss, activation));
  }

  private static ILossFunction lossOf(BaseLayer layer) {
    if (layer.getClass() == OutputLayer.class) {
      return ((BaseOutputLayer) layer).getLossFn();
    }
    if (layer.getClass() == LossLayer.class) {
      return ((LossLayer) layer).getLossFn();
    }
    throw new IllegalArgumentException(
        "it has no exact derivative rule, expected an OutputLayer or a LossLayer");
  }

  private static boolean is(ILossFunction loss, Class<? extends ILossFunction> type) {
    return loss.getClass() == type;
  }

  /** Whether an output layer's activation is the softmax that its loss takes in. */
  static boolean isSoftmax(IActivation activation) {
    return activation.getClass() == ActivationSoftmax.class;
  }

  private static Dl4jLoss squared(LossL2 loss) {
    Dl4jOptions.of(loss).reads("weights").done();
    INDArray weights = loss.getWeights();
    if (weights == null) {
      return new Squared(1, loss instanceof LossMSE);
    }
    if (weights.minNumber().doubleValue() != weights.maxNumber().doubleValue()) {
      throw new IllegalArgumentException(
          "loss %s has no exact derivative rule, expected equal weights".formatted(loss));
    }
    return new Squared(weights.getDouble(0), loss instanceof LossMSE);
  }

  private static Dl4jLoss entropy(LossMCXENT loss) {
    Dl4jOptions.of(loss).reads("softmaxClipEps").needs("weights", null).done();
    return new Entropy(loss.getSoftmaxClipEps());
  }

  /**
   * weight·Σ(f − y)², or that over the number of outputs.
   *
   * @param weight of every output
   * @param mean whether it is divided by the number of outputs
   */
  record Squared(double weight, boolean mean) implements Dl4jLoss {
    @Override
    public LossRule over(int outputs) {
      return new SquaredError(2 * (mean ? 1.0 / outputs : 1) * weight);
    }
  }

  /**
   * Cross-entropy after softmax, as DL4J's score has it, with the class's probability taken within
   * [clip, 1 − clip]. DL4J's own gradient is that without a clip.
   *
   * @param clip the configuration's, 10⁻¹⁰ unless it was changed
   */
  record Entropy(double clip) implements Dl4jLoss {
    @Override
    public LossRule over(int outputs) {
      return new CrossEntropy(clip);
    }
  }
}
