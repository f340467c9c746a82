package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** Where the problem of a sweep comes from: what is known of it before its examples are there. */
public interface ProblemSource extends Serializable {
  /** Number of parameters n, known without loading. */
  long parameters();

  /** Number of training examples, known without loading. */
  int examples();

  /**
   * Reads or generates the examples.
   *
   * @param hadoop configuration of the file systems that paths may name
   * @throws org.eigensweep.data.DataException if anything is missing or malformed
   */
  SweepProblem load(Configuration hadoop);
}
