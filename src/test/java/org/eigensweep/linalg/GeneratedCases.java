package org.eigensweep.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eigensweep.array.Precision;
import org.eigensweep.linalg.GeneratedCase.Direction;
import org.eigensweep.linalg.GeneratedCase.Motion;
import org.eigensweep.linalg.GeneratedCase.Subject;

/** Draws cases. */
final class GeneratedCases {
  private final Random random;

  GeneratedCases(long seed) {
    this.random = new Random(seed);
  }

  GeneratedCase next() {
    Subject subject =
        oneOf(
            Subject.TRACK,
            Subject.TRACK,
            Subject.PROJECT,
            Subject.PROJECT,
            Subject.PROJECT,
            Subject.SOLVE,
            Subject.ORTHONORMALIZE);
    return next(subject);
  }

  GeneratedCase next(Subject subject) {
    int n = dimension();
    int pairs = pairs(n);
    int steps = subject == Subject.SOLVE ? 1 + random.nextInt(3) : steps(n);
    boolean single = random.nextInt(4) == 0;
    double error =
        subject == Subject.PROJECT && random.nextInt(5) > 0
            ? Math.pow(10, -1 - random.nextInt(4))
            : 0;
    return new GeneratedCase(
        subject,
        random.nextInt(1_000_000),
        n,
        single ? Precision.FLOAT32 : Precision.FLOAT64,
        new SolverSettings(
            pairs,
            Math.pow(10, -2 - random.nextInt(single ? 3 : 7)),
            random.nextInt(5) == 0 ? Which.MAGNITUDE : Which.LARGEST,
            random.nextInt(20) == 0 ? 1 + random.nextInt(200) : 2_000),
        subject == Subject.ORTHONORMALIZE ? random.nextInt(1 + n - pairs) : 0,
        error,
        subject == Subject.PROJECT ? oneOf(0.0, 0.0, 0.5, 2.0, 20.0) : 0,
        spectrum(single),
        oneOf(Motion.values()),
        oneOf(0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
        steps,
        oneOf(Direction.values()),
        events(subject, steps));
  }

  /** Mostly a few, often at the limits: what fails for many mostly fails for few. */
  private int dimension() {
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> 1 + random.nextInt(5);
      case 3 -> 40 + random.nextInt(41);
      case 4 -> random.nextInt(4) == 0 ? 150 + random.nextInt(150) : 80;
      default -> 2 + random.nextInt(30);
    };
  }

  private int pairs(int n) {
    int pairs =
        switch (random.nextInt(10)) {
          case 0 -> 1;
          case 1 -> n;
          case 2 -> n - 1;
          case 3, 4, 5 -> 1 + random.nextInt(20);
          default -> 1 + random.nextInt(6);
        };
    return Math.max(1, Math.min(Math.min(n, 20), pairs));
  }

  private int steps(int n) {
    return n > 40 ? 1 + random.nextInt(6) : random.nextInt(4) == 0 ? 30 : 1 + random.nextInt(12);
  }

  private GeneratedSpectrum spectrum(boolean single) {
    double scale =
        random.nextInt(3) > 0 ? 1 : single ? oneOf(1e-6, 1e6) : oneOf(1e-12, 1e-3, 1e3, 1e12);
    double negative = random.nextInt(3) > 0 ? 0 : oneOf(0.05, 0.3, 0.6, 0.9, 1.0, 1.5, 10.0);
    return new GeneratedSpectrum(
        oneOf(GeneratedSpectrum.Shape.values()),
        oneOf(0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99),
        negative,
        scale);
  }

  private List<GeneratedEvent> events(Subject subject, int steps) {
    List<GeneratedEvent> events = new ArrayList<>();
    if (steps > 1) {
      for (int i = random.nextInt(4); i > 0; i--) {
        events.add(event(1 + random.nextInt(steps - 1)));
      }
    }
    if (random.nextInt(15) == 0) {
      int last = random.nextInt(steps);
      // what a block of random vectors is replaced with may be where the one NaN is
      int index = subject == Subject.ORTHONORMALIZE ? 0 : random.nextInt(2);
      events.add(new GeneratedEvent(GeneratedEvent.Kind.NOT_FINITE, last, index, 0));
    }
    return events;
  }

  private GeneratedEvent event(int step) {
    GeneratedEvent.Kind kind =
        oneOf(
            GeneratedEvent.Kind.JUMP,
            GeneratedEvent.Kind.CROSS,
            GeneratedEvent.Kind.TURN,
            GeneratedEvent.Kind.SCALE,
            GeneratedEvent.Kind.FLIP,
            GeneratedEvent.Kind.GROW);
    double size =
        switch (kind) {
          case JUMP -> oneOf(0.01, 0.1, 0.5, 1.0, 1.2);
          case CROSS -> 1 + random.nextInt(8);
          case TURN -> 1 + random.nextInt(8);
          case SCALE -> oneOf(0.001, 0.1, 0.5, 2.0, 10.0, 1000.0);
          case GROW -> oneOf(1.5, 3.0, 100.0);
          case FLIP, NOT_FINITE -> 0;
        };
    return new GeneratedEvent(kind, step, random.nextInt(4), size);
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
