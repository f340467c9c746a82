package org.eigensweep.spark.failure;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.experiment.sweep.Trial;

/** The trials that could not be run, in the order in which they failed. */
public final class Failures {
  /** More names than these would hide the cause. */
  private static final int NAMED = 3;

  private final List<String> trials = new ArrayList<>();
  private Throwable first;

  public synchronized void add(Trial trial, Throwable cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    trials.add(trial.id());
    if (first == null) {
      first = root(cause);
    }
  }

  /**
   * Ends the sweep if any trial failed.
   *
   * @param of number of trials in the sweep
   * @param output where the others are
   */
  public synchronized void check(int of, String output) {
    if (!trials.isEmpty()) {
      throw new SweepException(
          "%d of %d trials failed: %s; first cause: %s; what is finished is in %s, run again to try only these"
              .formatted(trials.size(), of, names(), line(first), output),
          first);
    }
  }

  private String names() {
    int more = trials.size() - NAMED;
    String named = String.join(", ", trials.subList(0, Math.min(NAMED, trials.size())));
    return more > 0 ? "%s and %d more".formatted(named, more) : named;
  }

  /** What went wrong on one line: Spark's messages hold whole stack traces. */
  public static String line(Throwable cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }

  /** What all else followed from. */
  public static Throwable root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
