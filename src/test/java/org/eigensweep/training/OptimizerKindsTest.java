package org.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which kinds of optimisers there are. */
class OptimizerKindsTest {
  @Test
  void describesEachWithItsValues() {
    assertThat(
            OptimizerKind.ALL.all().keySet().stream()
                .map(kind -> OptimizerSettings.standard(kind).description()))
        .containsExactly(
            "sgd",
            "heavy-ball beta=0.9",
            "nesterov beta=0.9",
            "rmsprop beta=0.99 epsilon=1.0E-8",
            "adam beta1=0.9 beta2=0.999 epsilon=1.0E-8",
            "adamw beta1=0.9 beta2=0.999 epsilon=1.0E-8 weight-decay=0.01");
    assertThat(OptimizerSettings.SGD.withSam(0.05).description()).isEqualTo("sgd sam=0.05");
    assertThat(OptimizerSettings.SGD.withSam(0)).isEqualTo(OptimizerSettings.SGD);
  }

  @Test
  void parametersHaveDefaultsThatTheyLetPassAndNoNameOfSettings() {
    for (OptimizerKind kind : OptimizerKind.ALL.all().values()) {
      for (Parameter parameter : kind.parameters()) {
        assertThat(parameter.check().test(parameter.standard())).isTrue();
        assertThat(parameter.name()).isNotIn("kind", "sam");
      }
    }
  }
}
