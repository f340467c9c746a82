package org.eigensweep.network.dl4j;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eigensweep.network.layer.Nonlinearity;
import org.eigensweep.network.preset.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Activations by name as DL4J's, and DL4J's as derivative rules. */
public final class Dl4jActivations {
  private Dl4jActivations() {}

  /** DL4J's activation of a name. */
  public static IActivation of(Activation activation) {
    return switch (activation) {
      case RELU -> new ActivationReLU();
      case TANH -> new ActivationTanH();
      case ELU -> new ActivationELU();
      case SOFTPLUS -> new ActivationSoftPlus();
      case HARDTANH -> new ActivationHardTanH();
      case SIGMOID -> new ActivationSigmoid();
      case GELU -> new ActivationGELU();
      case IDENTITY -> new ActivationIdentity();
    };
  }

  /**
   * The rule of an activation; nothing for the identity. DL4J's activations compare their
   * parameters too, so a leaky ReLU or an ELU of another scale is not taken for the plain one. A
   * subclass would pass for its parent there, so the class must be the same besides. Nor is {@code
   * ActivationGELU(true)}: its forward is neither z·Φ(z) nor Hendrycks and Gimpel's tanh formula
   * (−0.0247 at −3, where they have −0.0040 and −0.0036), and its own backward pass is off that
   * forward's derivative by 3e-3 of it.
   *
   * @throws IllegalArgumentException naming an activation without a rule
   */
  public static Optional<Nonlinearity> rule(IActivation function) {
    return switch (named(function)) {
      case RELU -> Optional.of(Nonlinearity.RELU);
      case TANH -> Optional.of(Nonlinearity.TANH);
      case ELU -> Optional.of(Nonlinearity.ELU);
      case SOFTPLUS -> Optional.of(Nonlinearity.SOFTPLUS);
      case HARDTANH -> Optional.of(Nonlinearity.HARDTANH);
      case SIGMOID -> Optional.of(Nonlinearity.SIGMOID);
      case GELU -> Optional.of(Nonlinearity.GELU);
      case IDENTITY -> Optional.empty();
    };
  }

  private static Activation named(IActivation function) {
    return Arrays.stream(Activation.values())
        .filter(activation -> isSame(of(activation), function))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "activation %s has no exact derivative rule, expected one of %s, each with"
                            .formatted(function, names())
                        + " DL4J's default parameters"));
  }

  private static boolean isSame(IActivation known, IActivation function) {
    return known.getClass() == function.getClass() && known.equals(function);
  }

  private static String names() {
    return Arrays.stream(Activation.values())
        .map(activation -> activation.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
