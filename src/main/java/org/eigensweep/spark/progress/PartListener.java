package org.eigensweep.spark.progress;

import org.eigensweep.experiment.outcome.Measurement;

/** Told how far a trunk or a branch is, where it runs. */
public interface PartListener {
  /** Told after each update. */
  void stepped();

  /** Told of each row, when its step has been made. */
  void measured(Measurement point);
}
