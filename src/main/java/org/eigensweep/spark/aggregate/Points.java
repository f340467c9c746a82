package org.eigensweep.spark.aggregate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.output.Difference;

/**
 * The points of a sweep without their seeds, in the order of their columns' values, and the plain
 * twin of each trial that has one.
 */
final class Points {
  /** Which branches a sweep has says nothing of a trial of one of them. */
  private static final List<String> OF_OTHER_BRANCHES =
      List.of("eigensweep.training.rules", "eigensweep.training.branches");

  private final List<Point> points;
  private final Map<String, SweepTrial> twins = new HashMap<>();

  private Points(List<Point> points) {
    this.points = points;
  }

  /**
   * Sorts trials.
   *
   * @throws OutputException if trials of one point, or a trial and its twin, were run with settings
   *     that differ
   */
  static Points of(Collection<SweepTrial> trials) {
    Map<List<Object>, List<SweepTrial>> sorted = new TreeMap<>(Points::compare);
    for (SweepTrial trial : trials) {
      sorted.computeIfAbsent(trial.point(), key -> new ArrayList<>()).add(trial);
    }
    List<Point> all = new ArrayList<>();
    sorted.forEach((values, of) -> all.add(point(values, of)));
    Points points = new Points(List.copyOf(all));
    points.pair(trials);
    return points;
  }

  private static Point point(List<Object> values, List<SweepTrial> of) {
    of.sort(Comparator.comparingLong(SweepTrial::seed).thenComparing(SweepTrial::hash));
    for (int i = 1; i < of.size(); i++) {
      requireAlike(of.get(0), of.get(i));
    }
    for (int i = 1; i < of.size(); i++) {
      if (of.get(i).seed() == of.get(i - 1).seed()) {
        throw differ(of.get(i - 1), of.get(i), List.of());
      }
    }
    return new Point(values, List.copyOf(of));
  }

  private static int compare(List<Object> one, List<Object> other) {
    int order = 0;
    for (int i = 0; i < one.size() && order == 0; i++) {
      order = compareValues(one.get(i), other.get(i));
    }
    return order;
  }

  @SuppressWarnings("unchecked") // a column's values are of one type
  private static int compareValues(Object one, Object other) {
    return Comparator.nullsFirst(Comparator.<Comparable<Object>>naturalOrder())
        .compare((Comparable<Object>) one, (Comparable<Object>) other);
  }

  private void pair(Collection<SweepTrial> trials) {
    Map<List<Object>, List<SweepTrial>> plain = new HashMap<>();
    for (SweepTrial trial : trials) {
      if (trial.isPlain()) {
        plain.computeIfAbsent(trial.twinKey(), key -> new ArrayList<>()).add(trial);
      }
    }
    for (SweepTrial trial : trials) {
      if (!trial.isPlain()) {
        twin(trial, plain.getOrDefault(trial.twinKey(), List.of()))
            .ifPresent(twin -> twins.put(trial.hash(), twin));
      }
    }
  }

  /**
   * The plain trial of the same experiment, or else the only one of another: the same plain trial
   * may serve the sweeps of two folders, and counts in the first.
   */
  private static Optional<SweepTrial> twin(SweepTrial trial, List<SweepTrial> candidates) {
    Optional<SweepTrial> own =
        candidates.stream()
            .filter(plain -> plain.experiment().equals(trial.experiment()))
            .findFirst();
    own.ifPresent(plain -> requireAlike(plain, trial));
    if (own.isPresent()) {
      return own;
    }
    List<SweepTrial> others =
        candidates.stream().filter(plain -> conflicts(plain, trial).isEmpty()).toList();
    return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
  }

  private static void requireAlike(SweepTrial one, SweepTrial other) {
    List<String> conflicts = conflicts(one, other);
    if (!conflicts.isEmpty()) {
      throw differ(one, other, conflicts);
    }
  }

  private static List<String> conflicts(SweepTrial one, SweepTrial other) {
    return one.settings() == null || other.settings() == null
        ? List.of()
        : Difference.conflicts(one.settings(), other.settings()).stream()
            .filter(key -> !OF_OTHER_BRANCHES.contains(key))
            .toList();
  }

  private static OutputException differ(SweepTrial one, SweepTrial other, List<String> keys) {
    return new OutputException(
        "trials %s and %s of %s differ in %s, which no column tells, expected trials that can be compared; move the files of one of them, *-%s.*, to a folder of their own"
            .formatted(
                one.hash(),
                other.hash(),
                one.experiment(),
                keys.isEmpty() ? "settings" : String.join(", ", keys),
                one.hash()));
  }

  /** All of them. */
  List<Point> all() {
    return points;
  }

  /** The trial of plain training to which another is compared. */
  Optional<SweepTrial> twinOf(SweepTrial trial) {
    return Optional.ofNullable(twins.get(trial.hash()));
  }

  /** How far the trials of a point have come. */
  static Census census(Point point) {
    return new Census(point.trials().stream().map(SweepTrial::life).toList());
  }

  /** How far the trials of a point have come together with their twins. */
  Census pairs(Point point) {
    return new Census(
        point.trials().stream()
            .flatMap(
                trial -> twinOf(trial).stream().map(twin -> trial.life().together(twin.life())))
            .toList());
  }

  /**
   * A point of the sweep without its seed.
   *
   * @param values of {@link SweepTrial#pointColumns}, in their order
   * @param trials in order of their seeds
   */
  record Point(List<Object> values, List<SweepTrial> trials) {}
}
