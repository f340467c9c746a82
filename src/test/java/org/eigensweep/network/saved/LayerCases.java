package org.eigensweep.network.saved;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.nd4j.linalg.activations.Activation;

/** Every layer class of DL4J 1.0.0-M2.1, with each option that changes its function. */
final class LayerCases {
  private LayerCases() {}

  static Stream<SavedCase> all() {
    return Stream.of(
            DenseCases.all(),
            RegularizationCases.all(),
            ActivationCases.all(),
            OutputCases.all(),
            ImageCases.all(),
            SequenceCases.all(),
            WrappedCases.all())
        .flatMap(cases -> cases);
  }

  static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nOut(4).activation(Activation.TANH);
  }

  /** What is said of a class that has no rule. */
  static String noRule(Class<?> type) {
    return "(%s): it has no exact derivative rule".formatted(type.getSimpleName());
  }
}
