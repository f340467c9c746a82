package org.eigensweep.spark.parallel;

import java.util.function.Consumer;
import org.eigensweep.experiment.walk.TrialRunner;

/** A training set distributed over the executors, for trials that run on the driver. */
public interface SpreadTraining extends AutoCloseable {
  /**
   * Opens a runner for one thread of the driver. It uses as many cores as a task does: in local
   * mode both share a process, for which ND4J has a single number of threads.
   *
   * @param snapshots folder for parameters and eigenvectors at a switch, if executors hold them: a
   *     Hadoop path that executors can write and the caller deletes
   * @param announcer told what each job is for, before it starts
   */
  TrialRunner open(String snapshots, Consumer<String> announcer);

  /** Cores that a runner or a task uses. */
  int threads();

  /** Removes the training set from the executors. All runners must be closed before. */
  @Override
  void close();
}
