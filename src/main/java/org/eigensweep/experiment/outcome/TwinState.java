package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.stream.Stream;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.training.OptimizerState;

/**
 * All that there is of the plain training beside a branch that projects.
 *
 * @param theta n × 1 parameters
 * @param optimizer what the base optimiser remembers
 * @param finite whether it has not diverged
 */
public record TwinState(MatrixSource theta, OptimizerState optimizer, boolean finite)
    implements Serializable {
  /** Its vectors. */
  Stream<MatrixSource> vectors() {
    return Stream.concat(Stream.of(theta), optimizer.vectors().stream());
  }
}
