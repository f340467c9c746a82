package org.eigensweep.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigensweep.array.Precision;
import org.eigensweep.linalg.GeneratedCase.Motion;

/**
 * A case that fails, made as small as it goes with the same promise broken.
 *
 * @param given the case
 * @param complaint what breaks
 */
record ShrunkCase(GeneratedCase given, Complaint complaint) {
  /** Runs after which a case is small enough. */
  private static final int MAX_RUNS = 200;

  static ShrunkCase of(GeneratedCase failing, Complaint complaint, Followers followers) {
    ShrunkCase smallest = new ShrunkCase(failing, complaint);
    int runs = 0;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (GeneratedCase candidate : smallest.simpler()) {
        if (runs++ == MAX_RUNS) {
          return smallest;
        }
        Optional<Complaint> found = GeneratedRun.of(candidate, followers).complaint();
        if (found.isPresent() && found.get().promise() == complaint.promise()) {
          smallest = new ShrunkCase(candidate, found.get());
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  /** Cases that have less of something, the boldest first. */
  private List<GeneratedCase> simpler() {
    List<GeneratedCase> simpler = new ArrayList<>();
    fewerSteps(simpler);
    fewerEvents(simpler);
    smaller(simpler);
    for (int pairs : new int[] {1, given.pairs() / 2, given.pairs() - 1}) {
      if (pairs >= 1 && pairs < given.pairs()) {
        simpler.add(given.with("pairs", pairs));
      }
    }
    replace(simpler, "basis", given.basis() != 0, 0);
    replace(simpler, "rate", given.rate() != 0, 0);
    replace(simpler, "motion", given.motion() != Motion.STILL, Motion.STILL);
    replace(simpler, "negative", given.spectrum().negative() != 0, 0);
    replace(simpler, "scale", given.spectrum().scale() != 1, 1);
    for (GeneratedSpectrum.Shape shape : GeneratedSpectrum.Shape.values()) {
      replace(simpler, "shape", shape.compareTo(given.spectrum().shape()) < 0, shape);
    }
    for (GeneratedCase.Direction direction : GeneratedCase.Direction.values()) {
      replace(simpler, "direction", direction.compareTo(given.direction()) < 0, direction);
    }
    boolean single = given.precision() == Precision.FLOAT32;
    replace(simpler, "precision", single, Precision.FLOAT64);
    replace(simpler, "which", given.settings().which() != Which.LARGEST, Which.LARGEST);
    replace(simpler, "decay", given.spectrum().decay() != 0.5, 0.5);
    replace(simpler, "seed", given.seed() != 1, 1);
    return simpler;
  }

  private void replace(List<GeneratedCase> simpler, String key, boolean other, Object value) {
    if (other) {
      simpler.add(given.with(key, value));
    }
  }

  private void fewerSteps(List<GeneratedCase> simpler) {
    int shown = complaint.step() + 1;
    for (int steps : new int[] {1, shown / 2, shown, given.steps() - 1}) {
      if (steps >= 1 && steps < given.steps()) {
        simpler.add(given.with("steps", steps));
      }
    }
  }

  private void fewerEvents(List<GeneratedCase> simpler) {
    if (given.events().size() > 1) {
      simpler.add(given.with(List.of()));
    }
    for (int i = 0; i < given.events().size(); i++) {
      List<GeneratedEvent> fewer = new ArrayList<>(given.events());
      fewer.remove(i);
      simpler.add(given.with(fewer));
    }
  }

  private void smaller(List<GeneratedCase> simpler) {
    for (int n : new int[] {given.n() / 4, given.n() / 2, given.n() - 1}) {
      if (n >= 1 && n < given.n()) {
        int pairs = Math.min(given.pairs(), n);
        int basis = Math.min(given.basis(), n - pairs);
        simpler.add(given.with("basis", basis).with("pairs", pairs).with("n", n));
      }
    }
  }
}
