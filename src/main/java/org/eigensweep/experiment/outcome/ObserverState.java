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
 * @param twins plain training beside a branch, where it is measured; else none
 */
public record ObserverState(
    SubspaceState pairs, List<EarlierSpace> earlier, long products, List<TwinState> twins)
    implements Serializable {
  /** Its vectors. */
  public Stream<MatrixSource> vectors() {
    Stream<MatrixSource> spaces = earlier.stream().map(EarlierSpace::basis);
    return Stream.of(pairs.vectors(), spaces, twins.stream().flatMap(TwinState::vectors))
        .flatMap(s -> s);
  }
}
