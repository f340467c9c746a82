package org.eigensweep.spark.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BroadcastBlockId;
import org.eigensweep.array.Device;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Objective;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same loss in parts and whole. */
class ParallelObjectiveTest {
  private static final Subject MLP = new Subject(Subject.MLP, Precision.FLOAT32);

  @BeforeEach
  void forget() {
    WatchedLoss.reset();
  }

  static Stream<Subject> subjects() {
    return Stream.of(Precision.values())
        .flatMap(
            precision ->
                Stream.of(
                    new Subject(Subject.MLP, precision),
                    new Subject(Subject.NORMALIZED, precision)));
  }

  /**
   * Parts are added in another order than chunks are: by rounding of a few hundred sums at most.
   */
  private static double tolerance(Precision precision) {
    return 200 * precision.roundoff();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void equalsTheWholeForEveryReduction(Subject subject) {
    try (JavaSparkContext spark = Subject.spark("local[2]");
        Device device = subject.device();
        Objective local = subject.local(device);
        TrainingSet set = subject.set(spark, 3)) {
      Subject.Seen expected = Subject.at(local, 1);
      for (Reduction reduction : Reduction.values()) {
        try (Objective parallel = subject.parallel(set, reduction, device)) {
          assertThat(parallel.parameters()).isEqualTo(local.parameters());
          assertThat(parallel.examples()).isEqualTo(local.examples());
          assertClose(Subject.at(parallel, 1), expected, tolerance(subject.precision()));
        }
      }
    }
  }

  private static void assertClose(Subject.Seen found, Subject.Seen expected, double tolerance) {
    double loss = expected.evaluation().loss();
    assertThat(found.evaluation().loss()).isCloseTo(loss, within(tolerance * loss));
    assertThat(found.evaluation().accuracy()).isEqualTo(expected.evaluation().accuracy());
    // two jobs, whose sums a tree adds in the order in which tasks end
    assertThat(found.linearized().loss()).isCloseTo(loss, within(tolerance * loss));
    assertThat(found.linearized().accuracy()).isEqualTo(found.evaluation().accuracy());
    assertClose(found.gradient(), expected.gradient(), tolerance);
    assertClose(found.hessianProduct(), expected.hessianProduct(), tolerance);
    assertClose(found.gaussNewtonProduct(), expected.gaussNewtonProduct(), tolerance);
  }

  private static void assertClose(double[] found, double[] expected, double tolerance) {
    double error = norm(IntStream.range(0, found.length).mapToDouble(i -> found[i] - expected[i]));
    assertThat(error / norm(IntStream.range(0, found.length).mapToDouble(i -> expected[i])))
        .isLessThan(tolerance);
  }

  private static double norm(DoubleStream values) {
    return Math.sqrt(values.map(x -> x * x).sum());
  }

  @Test
  void orderedSumsHaveTheSameBitsOnAnyNumberOfSlots() {
    double[] first = seenOn(1);
    for (int slots : new int[] {1, 2, 3, 7}) {
      assertThat(seenOn(slots)).as("%d slots", slots).containsExactly(first);
    }
  }

  private static double[] seenOn(int slots) {
    try (JavaSparkContext spark = Subject.spark("local[%d]".formatted(slots));
        Device device = MLP.device();
        TrainingSet set = MLP.set(spark, 5);
        Objective parallel = MLP.parallel(set, Reduction.ORDERED, device)) {
      return Subject.at(parallel, 2).vectors();
    }
  }

  @Test
  void linearizesOncePerPointAndPart() {
    try (JavaSparkContext spark = Subject.spark("local[2]");
        Device device = MLP.device();
        TrainingSet set = MLP.set(spark, 4);
        Objective parallel = MLP.parallel(set, Reduction.ORDERED, device)) {
      Subject.at(parallel, 1);
      Subject.at(parallel, 2);
      assertThat(WatchedLoss.LINEARIZATIONS).hasValue(8);
      assertThat(WatchedLoss.OPEN_LINEARIZATIONS).hasValue(4);
    }
  }

  @Test
  void aTaskThatFailsOnceIsRunAgain() {
    try (JavaSparkContext spark = Subject.spark("local[2,2]");
        Device device = MLP.device();
        TrainingSet set = MLP.set(spark, 4);
        Objective parallel = MLP.parallel(set, Reduction.ORDERED, device)) {
      double[] expected = Subject.at(parallel, 3).vectors();
      Subject.Seen found = Subject.at(parallel, 3, () -> WatchedLoss.FAILURES.set(1));
      assertThat(WatchedLoss.FAILURES).hasValue(0);
      assertThat(found.vectors()).containsExactly(expected);
    }
  }

  @Test
  void aPartThatCouldNotBeOpenedIsOpenedAgain() {
    try (JavaSparkContext spark = Subject.spark("local[1,2]");
        Device device = MLP.device();
        TrainingSet set = MLP.set(spark, 2);
        Objective parallel = MLP.parallel(set, Reduction.ORDERED, device)) {
      WatchedLoss.FAILURES_TO_OPEN.set(1);
      double[] found = Subject.at(parallel, 3).vectors();
      assertThat(WatchedLoss.FAILURES_TO_OPEN).hasValue(0);
      assertThat(Subject.at(parallel, 3).vectors()).containsExactly(found);
    }
  }

  @Test
  void whatAnExecutorLosesIsMadeAgain() {
    try (JavaSparkContext spark = Subject.spark("local[2]");
        Device device = MLP.device();
        TrainingSet set = MLP.set(spark, 4);
        Objective parallel = MLP.parallel(set, Reduction.ORDERED, device)) {
      double[] expected = Subject.at(parallel, 4).vectors();
      Subject.Seen found =
          Subject.at(
              parallel,
              4,
              () -> {
                set.parts().unpersist(true);
                dropBroadcastValues();
                assertThat(WatchedLoss.OPEN_OBJECTIVES).hasValue(0);
              });
      assertThat(WatchedLoss.LINEARIZATIONS).hasValue(12);
      assertThat(found.vectors()).containsExactly(expected);
    }
  }

  /** What Spark does when an executor's storage is short: serialized pieces stay. */
  private static void dropBroadcastValues() {
    for (long id = 0; id < 1000; id++) {
      BroadcastBlockId block = new BroadcastBlockId(id, "");
      if (SparkEnv.get().blockManager().getStatus(block).isDefined()) {
        SparkEnv.get().blockManager().removeBlock(block, false);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Timeout(60)
  void nothingStaysOpen(boolean productsFail) throws InterruptedException {
    try (JavaSparkContext spark = Subject.spark("local[2,1]")) {
      try (Device device = MLP.device();
          TrainingSet set = MLP.set(spark, 4);
          Objective parallel = MLP.parallel(set, Reduction.ORDERED, device)) {
        Subject.at(parallel, 5, () -> WatchedLoss.FAILURES.set(productsFail ? 1 : 0));
        assertThat(productsFail).isFalse();
      } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
        assertThat(productsFail).isTrue();
        assertThat(e).hasMessageContaining("this product fails");
      }
      assertThat(spark.getPersistentRDDs()).isEmpty();
      // Spark tells executors to let go without waiting for them.
      while (WatchedLoss.OPEN_OBJECTIVES.get() > 0 || WatchedLoss.OPEN_LINEARIZATIONS.get() > 0) {
        Thread.sleep(10);
      }
    }
  }

  @Test
  void countsTheBytesOfProducts() {
    try (JavaSparkContext spark = Subject.spark("local[2]");
        Device device = MLP.device();
        TrainingSet set = MLP.set(spark, 4);
        ParallelObjective parallel = MLP.parallel(set, Reduction.ORDERED, device)) {
      Subject.at(parallel, 6);
      long block = 3L * 4 * parallel.parameters(); // three columns of float32
      assertThat(parallel.traffic()).isEqualTo(new Traffic(6, 2 * block, 8 * block, 4 * block));
    }
  }
}
