package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.linalg.SubspaceState;

/**
 * All that is known of what is measured along a trajectory, its rows aside.
 *
 * @param pairs what tracks them
 * @param earlier spaces that rows to come are compared with, in order of their steps
 * @param products Hessian-vector products so far that were not spent on pairs
 */
public record ObserverState(SubspaceState pairs, List<EarlierSpace> earlier, long products)
    implements Serializable {
  /** Its vectors. */
  public Stream<MatrixSource> vectors() {
    return Stream.concat(pairs.vectors(), earlier.stream().map(EarlierSpace::basis));
  }
}
