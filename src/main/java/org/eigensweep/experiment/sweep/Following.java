package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.List;
import org.eigensweep.linalg.SolverSettings;

/**
 * What is followed along a trial, and how exactly.
 *
 * @param eigenspace leading pairs that are measured, and how a space is solved for
 * @param error mean error that is allowed where a vector is projected
 * @param measuring what is measured, and where
 * @param keptSteps steps whose parameters are kept, ascending; they change no number
 */
public record Following(
    SolverSettings eigenspace, double error, Measuring measuring, List<Integer> keptSteps)
    implements Serializable {
  public Following {
    keptSteps = List.copyOf(keptSteps);
  }

  /** The same without parameters that are kept. */
  public Following(SolverSettings eigenspace, double error, Measuring measuring) {
    this(eigenspace, error, measuring, List.of());
  }

  /** The same with rows at every so many steps, which hold what is free. */
  public Following(SolverSettings eigenspace, double error, int measureEvery) {
    this(eigenspace, error, Measuring.every(measureEvery));
  }

  /** The same with rows at every so many steps, which hold what is free. */
  public Following measuredEvery(int steps) {
    return new Following(eigenspace, error, steps);
  }
}
