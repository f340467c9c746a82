package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eigensweep.Sent;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.GeneratedCase.Subject;
import org.junit.jupiter.api.Test;

/**
 * Trackers that are restored from what others knew, over sequences of operators with jumps,
 * crossings and changes of scale: they go on with the same bits, as if there had been one tracker.
 */
class RestoredTrackerTest {
  private static final int CASES = 80;

  /** What a tracker says of an operator, in all its bits. */
  private record Said(List<Long> numbers) {
    static Said of(Matrix vectors, double[] values, double[] residuals, long... counts) {
      List<Long> all = new ArrayList<>();
      for (double[] some : List.of(vectors.toDoubles(), values, residuals)) {
        Arrays.stream(some).mapToLong(Double::doubleToRawLongBits).forEach(all::add);
      }
      LongStream.of(counts).forEach(all::add);
      return new Said(all);
    }
  }

  /** A tracker that can be left for another one. */
  private interface Tracker extends AutoCloseable {
    Said meet(LinearOperator operator, Matrix point, Matrix vector);

    /** Another tracker that knows what this one does; this one is closed. */
    Tracker handOver();

    @Override
    void close();
  }

  private record Pairs(GeneratedCase given, Device device, SubspaceTracker tracker)
      implements Tracker {
    static Pairs of(GeneratedCase given, Device device) {
      var random = new SplittableRandom(given.seed());
      return new Pairs(given, device, new SubspaceTracker(device, given.settings(), random));
    }

    @Override
    public Said meet(LinearOperator operator, Matrix point, Matrix vector) {
      Eigenspace found = tracker.refresh(operator, point);
      return Said.of(
          found.vectors(),
          found.values(),
          found.residuals(),
          tracker.products(),
          tracker.refreshes(),
          tracker.coldSolves(),
          found.stop().name().hashCode());
    }

    @Override
    public Tracker handOver() {
      SubspaceState state = Sent.copyOf(tracker.state(Matrix::snapshot));
      tracker.close();
      Pairs next = of(given, device);
      next.tracker.restore(state);
      return next;
    }

    @Override
    public void close() {
      tracker.close();
    }
  }

  private record Projections(GeneratedCase given, Device device, ProjectionTracker tracker)
      implements Tracker {
    static Projections of(GeneratedCase given, Device device) {
      var random = new SplittableRandom(given.seed());
      return new Projections(
          given, device, new ProjectionTracker(device, given.settings(), given.error(), random));
    }

    @Override
    public Said meet(LinearOperator operator, Matrix point, Matrix vector) {
      ErrorMeasure measure =
          given.rate() == 0 ? ErrorMeasure.ALIGNMENT : ErrorMeasure.ofUpdate(given.learningRate());
      tracker.follow(operator, point, vector, measure);
      return Said.of(
          tracker.basis(),
          new double[] {tracker.estimate()},
          new double[0],
          tracker.products(),
          tracker.refreshes(),
          tracker.coldSolves(),
          tracker.corrections());
    }

    @Override
    public Tracker handOver() {
      ProjectionState state = Sent.copyOf(tracker.state(Matrix::snapshot));
      tracker.close();
      Projections next = of(given, device);
      next.tracker.restore(state);
      return next;
    }

    @Override
    public void close() {
      tracker.close();
    }
  }

  /** What is said at each operator, with a new tracker before each of some of them. */
  private static List<Said> walk(GeneratedCase given, int every) {
    GeneratedSequence sequence = new GeneratedSequence(given);
    List<Said> all = new ArrayList<>();
    Device device = Devices.processor().open(given.precision(), 1);
    Tracker tracker =
        given.subject() == Subject.TRACK ? Pairs.of(given, device) : Projections.of(given, device);
    try {
      for (int i = 0; i < given.steps(); i++) {
        GeneratedSequence.Step step = sequence.next();
        if (step.notFinite() >= 0) {
          break;
        }
        if (every > 0 && i % every == 0) {
          tracker = tracker.handOver();
        }
        try (Scope scope = device.open()) {
          Matrix point = scope.matrix(given.n(), 1);
          point.write(step.point());
          Matrix vector = scope.matrix(given.n(), 1);
          vector.write(step.vector());
          all.add(tracker.meet(new DenseOperator(step.matrix(), scope), point, vector));
        }
      }
      return all;
    } finally {
      tracker.close();
      assertThat(InUse.bytes(device)).as("what is left of closed trackers of %s", given).isZero();
      device.close();
    }
  }

  @Test
  void goOnWithTheSameBits() {
    GeneratedCases cases = new GeneratedCases(4711);
    int corrections = 0;
    for (int count = 0; count < CASES; ) {
      GeneratedCase given = cases.next();
      if (given.subject() != Subject.TRACK && given.subject() != Subject.PROJECT) {
        continue;
      }
      count++;
      List<Said> undisturbed = walk(given, 0);
      assertThat(walk(given, 1))
          .as("a new tracker at every step of %s", given)
          .isEqualTo(undisturbed);
      assertThat(walk(given, 3)).as("at every third of %s", given).isEqualTo(undisturbed);
      corrections += given.subject() == Subject.PROJECT ? 1 : 0;
    }
    assertThat(corrections).as("cases with both kinds of tracker").isBetween(10, CASES - 10);
  }

  /** Corrections end after so many, however many trackers made them. */
  @Test
  void countCorrectionsSinceTheLatestRefresh() {
    int n = 20;
    double[] spectrum = IntStream.range(0, n).mapToDouble(i -> i < 3 ? 9 - i : 1.0 / i).toArray();
    var turning = new RotatingOperator(SymmetricMatrix.orthogonal(n, 1), t -> spectrum, 1e-4);
    int[] refreshes = new int[2];
    for (int run = 0; run < refreshes.length; run++) {
      try (Device device = Devices.processor().open(Precision.FLOAT64, 1)) {
        ProjectionTracker tracker = projections(device);
        for (int t = 0; t <= 2 * ProjectionTracker.MOST_CORRECTIONS; t++) {
          if (run == 1 && t % 7 == 3) {
            ProjectionState state = Sent.copyOf(tracker.state(Matrix::snapshot));
            tracker.close();
            tracker = projections(device);
            tracker.restore(state);
          }
          try (Scope scope = device.open()) {
            Matrix point = scope.matrix(n, 1);
            Matrix vector = scope.matrix(n, 1);
            device.fill(1, vector);
            tracker.follow(
                new DenseOperator(turning.at(t), scope), point, vector, ErrorMeasure.ALIGNMENT);
          }
        }
        refreshes[run] = tracker.refreshes();
        tracker.close();
      }
    }
    assertThat(refreshes[0]).as("the first and one after twenty corrections").isEqualTo(2);
    assertThat(refreshes[1]).isEqualTo(refreshes[0]);
  }

  private static ProjectionTracker projections(Device device) {
    SolverSettings settings = new SolverSettings(3, 1e-6, Which.LARGEST, 2000);
    return new ProjectionTracker(device, settings, 1, new SplittableRandom(1));
  }
}
