package org.eigensweep.spark.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.network.Dl4jNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DL4J's averaged steps against our own. */
class ParameterAveragingTest {
  private static final int STEPS = 20;

  /**
   * A step's gradient is the same but for the order of some thousand additions, 1e-15 of the step,
   * and a path at this rate stretches a difference by less than ten.
   */
  private static final double TOLERANCE = 1e-13;

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

  @ParameterizedTest
  @MethodSource("cases")
  void averagedAtEachStepItIsSgdOnAllBatchesTogether(Case subject) {
    double[] start = subject.start();
    double[] expected = subject.sgd(start, 0, STEPS, 0, 30);
    assertClose(train(new ParameterAveraging(3, 10, 1), subject, STEPS), start, expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void averagedRarelyItIsTheMeanOfRunsOfTheirOwn(Case subject) {
    double[] start = subject.start();
    double[] expected = start;
    for (int step = 0; step < STEPS; step += 4) {
      double[] first = subject.sgd(expected, step, 4, 0, 15);
      double[] second = subject.sgd(expected, step, 4, 15, 30);
      expected = new double[start.length];
      Arrays.setAll(expected, i -> (first[i] + second[i]) / 2);
    }
    assertClose(train(new ParameterAveraging(2, 15, 4), subject, STEPS), start, expected);
  }

  @Test
  void refusesStepsThatWouldNotBeAveraged() {
    assertThatThrownBy(() -> train(new ParameterAveraging(2, 15, 4), Case.NORMALIZED, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("6 steps, expected a multiple of the 4 between two means");
  }

  @Test
  void refusesSizesOfZero() {
    assertThatThrownBy(() -> new ParameterAveraging(2, 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 workers, batches of 0, 4 steps between means, expected at least 1 of each");
  }

  @Test
  void refusesParametersOfAnotherNetwork() {
    Dl4jNetwork network = Dl4jNetwork.of(Case.NORMALIZED.network());
    assertThatThrownBy(() -> network.graph(Case.vector(new double[2]), Case.RATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameters of 2 x 1, expected %d x 1", Case.NORMALIZED.start().length);
  }

  private static double[] train(ParameterAveraging averaging, Case subject, int steps) {
    HostMatrix found =
        averaging.train(
            spark,
            Dl4jNetwork.of(subject.network()),
            subject.data(),
            Case.vector(subject.start()),
            Case.RATE,
            steps,
            subject::batch);
    return ((HostMatrix.Doubles) found).values();
  }

  /** The difference is measured by the way that was gone. */
  private static void assertClose(double[] found, double[] start, double[] expected) {
    assertThat(distance(found, expected) / distance(start, expected)).isLessThan(TOLERANCE);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
