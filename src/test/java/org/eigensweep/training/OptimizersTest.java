package org.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimiser over many steps with a rate that changes, alone and behind SAM. */
class OptimizersTest extends OnFloat64Device {
  private static OptimizerSettings settings(String kind, Map<String, Double> values) {
    return new OptimizerSettings(kind, new TreeMap<>(values));
  }

  static Stream<OptimizerSettings> settings() {
    List<OptimizerSettings> plain =
        List.of(
            OptimizerSettings.SGD,
            settings("heavy-ball", Map.of("beta", 0.9)),
            settings("heavy-ball", Map.of("beta", 0.0)),
            settings("nesterov", Map.of("beta", 0.95)),
            settings("rmsprop", Map.of("beta", 0.99, "epsilon", 1e-8)),
            settings("adam", Map.of("beta1", 0.9, "beta2", 0.999, "epsilon", 1e-8)),
            settings("adam", Map.of("beta1", 0.0, "beta2", 0.0, "epsilon", 0.1)),
            settings(
                "adamw",
                Map.of("beta1", 0.9, "beta2", 0.999, "epsilon", 1e-8, "weight-decay", 0.3)));
    return plain.stream().flatMap(s -> Stream.of(s, s.withSam(0.4)));
  }

  private double[] walk(OptimizerSettings settings) {
    Walk walk = new Walk(scope, NoisyParabola::learningRate);
    return walk.steps(settings.open(scope, NoisyParabola.N), NoisyParabola.STEPS);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void followsItsFormula(OptimizerSettings settings) {
    // roundings of 200 steps of numbers up to ten
    assertThat(walk(settings)).containsExactly(PlainOptimizer.walk(settings), within(1e-11));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void goesOnToTheSameBits(OptimizerSettings settings) {
    Walk walk = new Walk(scope, NoisyParabola::learningRate);
    Optimizer optimizer = settings.open(scope, NoisyParabola.N);
    for (int step = 0; step < NoisyParabola.STEPS; step++) {
      if (step % 37 == 0) { // before the first step too
        OptimizerState state = optimizer.state(Matrix::snapshot);
        assertThat(state.steps()).isEqualTo(state.vectors().isEmpty() ? 0 : step);
        Optimizer next = settings.open(scope, NoisyParabola.N);
        new Walk(scope, NoisyParabola::learningRate).steps(next, 3); // which it must forget
        next.restore(state);
        optimizer = next;
      }
      walk.step(optimizer);
    }
    assertThat(walk.theta()).containsExactly(walk(settings));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void worksInSinglePrecision(OptimizerSettings settings) {
    try (Device single = Devices.processor().open(Precision.FLOAT32, 1);
        Scope there = single.open()) {
      Walk walk = new Walk(there, NoisyParabola::learningRate);
      double[] theta = walk.steps(settings.open(there, NoisyParabola.N), NoisyParabola.STEPS);
      // 200 float32 roundings of 6e-8 of numbers up to ten; where g is near 0, adam with ε near 0
      // takes steps of its sign, which a rounding of θ may turn around: a step is below 0.05
      double near = settings.values().containsKey("epsilon") ? 0.1 : 2e-4;
      assertThat(theta).containsExactly(walk(settings), within(near));
    }
  }

  @Test
  void samTakesTwoGradientsAStepAndOneWhereItHasNoDirection() {
    Walk walk = new Walk(scope, NoisyParabola::learningRate);
    Optimizer sam = OptimizerSettings.SGD.withSam(0.1).open(scope, NoisyParabola.N);
    walk.steps(sam, 50);
    assertThat(walk.gradients()).isEqualTo(100);
    walk.step(sam);
    assertThat(walk.gradients()).isEqualTo(101);
    assertThat(Arrays.stream(walk.update()).map(Math::abs).toArray()).containsOnly(0);
  }

  @Test
  void refusesTheStateOfAnotherOptimizer() {
    Optimizer ball = settings("heavy-ball", Map.of("beta", 0.9)).open(scope, NoisyParabola.N);
    new Walk(scope, NoisyParabola::learningRate).steps(ball, 2);
    OptimizerState state = ball.state(Matrix::snapshot);
    var adam = settings("adam", Map.of("beta1", 0.9, "beta2", 0.9, "epsilon", 1.0));
    Optimizer other = adam.open(scope, NoisyParabola.N);
    assertThatThrownBy(() -> other.restore(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a state of 1 vectors, expected 2, that of the same optimiser");
    Optimizer plain = OptimizerSettings.SGD.withSam(0.1).open(scope, NoisyParabola.N);
    assertThatThrownBy(() -> plain.restore(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a state of 1 vectors, expected none, that of the same optimiser");
  }
}
