package org.eigensweep.spark.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.array.Device;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Objective;
import org.eigensweep.network.Dl4jNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our loss and accuracy against DL4J's own, computed on Spark. */
class DistributedEvaluationTest {
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = Case.spark();
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  static Stream<Case> cases() {
    return Case.all();
  }

  /**
   * At parameters that are right about some examples. Both sides add a few thousand products in
   * float64, in different orders: some 1e-14.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void lossAndAccuracyAreOurs(Case subject) {
    double[] theta = subject.sgd(subject.start(), 0, 200, 0, Case.BATCH);
    try (Device device = Case.device();
        Objective ours = subject.objective(device);
        Scope scope = device.open()) {
      Evaluation expected = ours.evaluate(scope.copyOf(Case.vector(theta)));
      Evaluation found =
          DistributedEvaluation.of(
              spark, Dl4jNetwork.of(subject.network()), subject.data(), Case.vector(theta));
      assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-12 * expected.loss()));
      assertThat(found.accuracy()).isEqualTo(expected.accuracy()).isStrictlyBetween(0.2, 1.0);
    }
  }

  @Test
  void refusesBatchNormalization() {
    Case normalized = Case.NORMALIZED;
    assertThatThrownBy(
            () ->
                DistributedEvaluation.of(
                    spark,
                    Dl4jNetwork.of(normalized.network()),
                    normalized.data(),
                    Case.vector(normalized.start())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a network with batch normalisation, which DL4J evaluates with running statistics:"
                + " expected one without");
  }
}
