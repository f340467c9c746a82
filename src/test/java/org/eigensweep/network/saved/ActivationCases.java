package org.eigensweep.network.saved;

import static org.eigensweep.network.saved.SavedCase.other;
import static org.eigensweep.network.saved.Verdict.DIFFERENCES;
import static org.eigensweep.network.saved.Verdict.EXACT;
import static org.eigensweep.network.saved.Verdict.REFUSED;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.*;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** A dense layer with each activation. */
@SuppressWarnings({"deprecation", "rawtypes"}) // DL4J has deprecated layers and raw builders
final class ActivationCases {
  private ActivationCases() {}

  static Stream<SavedCase> all() {
    return Stream.of(activations()).flatMap(List::stream);
  }

  static List<SavedCase> activations() {
    return List.of(
        activation(Activation.RELU, EXACT),
        activation(Activation.ELU, EXACT),
        activation(Activation.SOFTPLUS, EXACT),
        activation(Activation.HARDTANH, EXACT),
        activation(Activation.SIGMOID, EXACT),
        activation(Activation.GELU, EXACT),
        activation(Activation.IDENTITY, EXACT),
        activation(Activation.TANH, EXACT),
        activation(Activation.CUBE, DIFFERENCES),
        activation(Activation.HARDSIGMOID, DIFFERENCES),
        activation(Activation.LEAKYRELU, DIFFERENCES),
        activation(Activation.RATIONALTANH, DIFFERENCES),
        activation(Activation.SOFTMAX, DIFFERENCES),
        activation(Activation.SOFTSIGN, DIFFERENCES),
        activation(Activation.RECTIFIEDTANH, DIFFERENCES),
        activation(Activation.SELU, DIFFERENCES),
        activation(Activation.SWISH, DIFFERENCES),
        activation(Activation.THRESHOLDEDRELU, DIFFERENCES),
        activation(Activation.RELU6, DIFFERENCES),
        activation(Activation.MISH, DIFFERENCES),
        other(
            "RReLU",
            LayerCases.dense().activation(Activation.RRELU).build(),
            REFUSED,
            "layer1 (DenseLayer): activation (DenseLayer.activationFn = ActivationRReLU) makes the loss random"),
        other(
            "ELU of 0.5",
            LayerCases.dense().activation(new ActivationELU(0.5)).build(),
            REFUSED,
            "layer1 (DenseLayer): activation (DenseLayer.activationFn = elu(alpha=0.5)) has a"),
        other(
            "precise GELU",
            LayerCases.dense().activation(new ActivationGELU(true)).build(),
            REFUSED,
            "layer1 (DenseLayer): activation (DenseLayer.activationFn = gelu(precise=true)) has a"),
        other(
            "a subclass of tanh",
            LayerCases.dense().activation(new Doubled()).build(),
            DIFFERENCES,
            "layer1 (DenseLayer): activation"),
        other("tanh alone", new ActivationLayer(Activation.TANH), EXACT, ""),
        other(
            "swish alone",
            new ActivationLayer(Activation.SWISH),
            DIFFERENCES,
            "layer1 (ActivationLayer): activation swish"));
  }

  /** Equal to a tanh in the sense of its equals, and another function. */
  public static final class Doubled extends ActivationTanH {
    @Override
    public org.nd4j.linalg.api.ndarray.INDArray getActivation(
        org.nd4j.linalg.api.ndarray.INDArray in, boolean training) {
      return super.getActivation(in, training).muli(2);
    }

    @Override
    public org.nd4j.common.primitives.Pair<
            org.nd4j.linalg.api.ndarray.INDArray, org.nd4j.linalg.api.ndarray.INDArray>
        backprop(
            org.nd4j.linalg.api.ndarray.INDArray in, org.nd4j.linalg.api.ndarray.INDArray epsilon) {
      return super.backprop(in, epsilon.mul(2));
    }
  }

  private static SavedCase activation(Activation function, Verdict verdict) {
    return other(
        function.name(),
        LayerCases.dense().activation(function).build(),
        verdict,
        verdict == EXACT ? "" : "layer1 (DenseLayer): activation");
  }
}
