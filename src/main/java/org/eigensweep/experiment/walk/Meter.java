package org.eigensweep.experiment.walk;

import java.util.Collection;
import java.util.List;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.SteeringAccount;

/** What a walk has cost so far, over all its segments. */
final class Meter {
  private final Steering steering;
  private final Observer observer;
  private final long startNanos = System.nanoTime();
  private double before;
  private int steps;

  Meter(Steering steering, Observer observer) {
    this.steering = steering;
    this.observer = observer;
  }

  /** Goes on from what earlier segments cost; what the trackers know of their cost is theirs. */
  void restore(int steps, double seconds) {
    this.steps = steps;
    this.before = seconds;
  }

  void stepped() {
    steps++;
  }

  /** Wall-clock time, pauses not included. */
  double seconds() {
    return before + (System.nanoTime() - startNanos) / 1e9;
  }

  /** With the spaces of all ranks. */
  Cost all() {
    return cost(steering.totals());
  }

  /** For one rank alone, without the spaces of the others. */
  Cost of(int rank) {
    return cost(List.of(steering.total(rank)));
  }

  private Cost cost(Collection<SteeringAccount> spaces) {
    long products = observer.products();
    int corrections = 0;
    int refreshes = observer.refreshes();
    int coldSolves = observer.coldSolves();
    for (SteeringAccount total : spaces) {
      products += total.products();
      corrections += total.corrections();
      refreshes += total.refreshes();
      coldSolves += total.coldSolves();
    }
    return new Cost(steps, products, corrections, refreshes, coldSolves, seconds());
  }
}
