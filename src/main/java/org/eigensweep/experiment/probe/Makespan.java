package org.eigensweep.experiment.probe;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * How long trunks and branches take on a number of places: a branch waits for its trunk, and each
 * part for a place, first come, first served.
 */
final class Makespan {
  /**
   * Seconds of a trunk, and of each of its branches.
   *
   * @param trunk seconds
   * @param branches seconds each
   */
  record TrunkTimes(double trunk, List<Double> branches) {
    double work() {
      return trunk + branches.stream().mapToDouble(b -> b).sum();
    }
  }

  private record Part(int trunk, boolean isTrunk, double seconds) {}

  private record Running(Part part, double until) {}

  private final List<TrunkTimes> trunks;
  private final int[] left;
  private final Deque<Part> waiting = new ArrayDeque<>();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(Comparator.comparingDouble(Running::until));
  private int begun;
  private double now;

  private Makespan(List<TrunkTimes> trunks) {
    this.trunks = trunks;
    this.left = trunks.stream().mapToInt(t -> t.branches().size()).toArray();
  }

  static double of(List<TrunkTimes> trunks, int places, int trunksInFlight) {
    Makespan run = new Makespan(trunks);
    for (int i = 0; i < Math.min(trunksInFlight, trunks.size()); i++) {
      run.begin();
    }
    while (!run.waiting.isEmpty() || !run.running.isEmpty()) {
      while (run.running.size() < places && !run.waiting.isEmpty()) {
        Part part = run.waiting.remove();
        run.running.add(new Running(part, run.now + part.seconds()));
      }
      run.end(run.running.remove());
    }
    return run.now;
  }

  /** The next trunk, when one before it is done with its branches. */
  private void begin() {
    if (begun < trunks.size()) {
      waiting.add(new Part(begun, true, trunks.get(begun).trunk()));
      begun++;
    }
  }

  private void end(Running ended) {
    now = ended.until();
    int trunk = ended.part().trunk();
    if (ended.part().isTrunk()) {
      trunks.get(trunk).branches().forEach(b -> waiting.add(new Part(trunk, false, b)));
    } else {
      left[trunk]--;
    }
    if (left[trunk] == 0) {
      begin();
    }
  }
}
