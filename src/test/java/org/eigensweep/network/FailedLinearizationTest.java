package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.layer.Embedding;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.pass.NetworkObjective;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.pass.SquaredError;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be linearised, or not be an objective at all, leaves nothing on the device. */
class FailedLinearizationTest {
  private static final Dataset IMAGES = Samples.images(6, new InputShape(1, 4, 4), 3, 1);

  /** Parameters that end within the first layer, before its biases, and within the last layer. */
  @ParameterizedTest
  @ValueSource(ints = {1, 80, 90})
  void leavesNothingOfParametersThatAreTooFew(int parameters) {
    Network network =
        Samples.network(
            new Mlp(List.of(5), Activation.TANH, Initialization.PYTORCH), Loss.MSE, IMAGES);
    PassSettings oneByOne = new PassSettings(1, 1L << 20, 1);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open();
        Objective objective = network.objective(device, IMAGES, oneByOne)) {
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(2)));
      objective.linearize(theta).close(); // what a device keeps from its first use on
      long before = InUse.bytes(device);
      Matrix few = theta.view(0, parameters, 1);
      assertThatThrownBy(() -> objective.linearize(few)).isInstanceOf(RuntimeException.class);
      assertThat(InUse.bytes(device)).isEqualTo(before);
    }
  }

  @Test
  void leavesNothingOfExamplesThatAreNoTokens() {
    LayerGraph tokens = LayerGraph.chain(List.of(new Embedding(7, 4)));
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1)) {
      long before = InUse.bytes(device);
      assertThatThrownBy(
              () ->
                  new NetworkObjective(device, tokens, new SquaredError(1), IMAGES, Samples.PASSES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected tokens");
      assertThat(InUse.bytes(device)).isEqualTo(before);
    }
  }
}
