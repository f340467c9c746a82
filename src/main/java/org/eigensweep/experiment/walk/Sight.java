package org.eigensweep.experiment.walk;

import java.util.Map;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.SteeringAccount;

/** What is seen of a point that has a row, and of the step from there as far as it is made. */
interface Sight extends Witness, AutoCloseable {
  /**
   * The row of the point, with as much of the step as was made.
   *
   * @param step number of the step
   * @param phase trunk or branch
   * @param threshold sharpness above which the optimiser is unstable there; NaN if unknown
   * @param following how the spaces that steer were followed since the row before
   * @param seconds wall-clock time
   */
  Measurement row(
      int step,
      Phase phase,
      double threshold,
      Map<Integer, SteeringAccount> following,
      double seconds);

  @Override
  void close();
}
