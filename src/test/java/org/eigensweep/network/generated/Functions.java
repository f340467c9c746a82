package org.eigensweep.network.generated;

import java.util.Locale;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;

/** DL4J's activations, losses and noise by the names that cases have for them. */
final class Functions {
  private Functions() {}

  /** By DL4J's name, with a parameter behind a colon where DL4J takes one. */
  static IActivation activation(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length == 1) {
      return Activation.valueOf(text.toUpperCase(Locale.ROOT)).getActivationFunction();
    }
    double parameter = Double.parseDouble(parts[1]);
    return switch (parts[0]) {
      case "leakyrelu" -> new ActivationLReLU(parameter);
      case "elu" -> new ActivationELU(parameter);
      case "thresholdedrelu" -> new ActivationThresholdedReLU(parameter);
      case "gelu" -> new ActivationGELU(parameter > 0);
      case "relu" -> new ActivationReLU(parameter, 0.0, 0.1);
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** Of a node, for so many outputs; {@code weights} is none, even or odd. */
  static ILossFunction loss(Node node, int outputs) {
    String weights = node.option("weights", "none");
    INDArray w = weights.equals("none") ? null : weights(weights.equals("odd"), outputs);
    String name = node.option("loss", "mse");
    return switch (name) {
      case "mse" -> new LossMSE(w);
      case "l2" -> new LossL2(w);
      case "mae" -> new LossMAE(w);
      case "l1" -> new LossL1(w);
      case "mape" -> new LossMAPE(w);
      case "msle" -> new LossMSLE(w);
      case "mcxent" -> new LossMCXENT(node.real("clip", 1e-10), w);
      case "sparse" -> new LossSparseMCXENT(w);
      case "nll" -> new LossNegativeLogLikelihood(w);
      case "xent" -> new LossBinaryXENT(w);
      default -> unweighted(name);
    };
  }

  private static ILossFunction unweighted(String name) {
    return switch (name) {
      case "kld" -> new LossKLD();
      case "poisson" -> new LossPoisson();
      case "hinge" -> new LossHinge();
      case "squaredhinge" -> new LossSquaredHinge();
      case "cosine" -> new LossCosineProximity();
      case "fmeasure" -> new LossFMeasure();
      case "wasserstein" -> new LossWasserstein();
      case "multilabel" -> new LossMultiLabel();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static INDArray weights(boolean odd, int outputs) {
    INDArray weights = Nd4j.create(DataType.DOUBLE, outputs);
    for (int i = 0; i < outputs; i++) {
      weights.putScalar(i, odd ? 1 + i : 2);
    }
    return weights;
  }

  static IDropout dropout(String name) {
    return switch (name) {
      case "dropout" -> new Dropout(0.5);
      case "alpha" -> new AlphaDropout(0.5);
      case "gaussian" -> new GaussianDropout(0.5);
      case "noise" -> new GaussianNoise(0.5);
      case "spatial" -> new SpatialDropout(0.5);
      default -> throw new IllegalArgumentException(name);
    };
  }

  static IWeightNoise weightNoise(String name) {
    return switch (name) {
      case "dropconnect" -> new DropConnect(0.5);
      case "additive" -> new WeightNoise(new NormalDistribution(0, 0.1));
      default -> throw new IllegalArgumentException(name);
    };
  }
}
