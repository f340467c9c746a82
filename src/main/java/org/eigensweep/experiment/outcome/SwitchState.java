package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.stream.Stream;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.training.OptimizerState;

/**
 * The state of a trajectory at a switch: all that a branch needs to go on from there.
 *
 * @param step updates made so far; with the trial's seed it fixes the rest of the batch order
 * @param alignment χ_k(∇L) at this point
 * @param theta n × 1 parameters
 * @param optimizer what the base optimiser remembers
 * @param space the dominant space of the rank that switched, from which tracking goes on
 * @param cost what the trunk had cost when it came here
 */
public record SwitchState(
    int step,
    double alignment,
    MatrixSource theta,
    OptimizerState optimizer,
    TrackedSpace space,
    Cost cost)
    implements Serializable {

  /** Its vectors. */
  public Stream<MatrixSource> vectors() {
    return Stream.concat(Stream.of(theta, space.basis()), optimizer.vectors().stream());
  }

  /** Whether a branch that does not project goes the same way from there, to the last bit. */
  public boolean isSameStart(SwitchState other) {
    return step == other.step && theta.holdsSameAs(other.theta);
  }
}
