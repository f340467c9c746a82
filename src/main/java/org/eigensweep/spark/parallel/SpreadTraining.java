package org.eigensweep.spark.parallel;

import java.util.function.Consumer;
import org.eigensweep.experiment.TrialRunner;

/** A training set spread over the executors, for trials that run on the driver. */
public interface SpreadTraining extends AutoCloseable {
  /**
   * Opens a runner for one thread of the driver, which takes as many cores as a task. In local mode
   * they share a process, and the library behind the arithmetic has one number of threads for it.
   *
   * @param snapshots folder for parameters and eigenvectors at a switch, where they are not the
   *     driver's: a Hadoop path that executors can write and the caller deletes
   * @param announcer told what each job is for, before it starts
   */
  TrialRunner open(String snapshots, Consumer<String> announcer);

  /** Cores that a runner or a task keeps busy. */
  int threads();

  /** Takes the training set off the executors; the runners must be closed. */
  @Override
  void close();
}
