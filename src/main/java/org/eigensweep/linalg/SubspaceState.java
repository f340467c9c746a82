package org.eigensweep.linalg;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.array.MatrixSource;

/**
 * All that a {@link SubspaceTracker} knows. Another of the same device, settings and seed that is
 * restored from it goes on with the same bits.
 *
 * @param start what the next refresh starts from; null before the first
 * @param steps closing steps that the start has behind it
 * @param remembered spaces at the latest points, the oldest first
 * @param refreshes refreshes so far
 * @param coldSolves refreshes so far that were solved from scratch
 * @param products operator-vector products so far
 * @param drawn random numbers drawn so far
 */
public record SubspaceState(
    TrackedSpace start,
    long steps,
    List<SpaceAt> remembered,
    int refreshes,
    int coldSolves,
    long products,
    long drawn)
    implements Serializable {
  /** Its vectors. */
  public Stream<MatrixSource> vectors() {
    return Stream.concat(
        start == null ? Stream.of() : Stream.of(start.basis()),
        remembered.stream().flatMap(at -> Stream.of(at.point(), at.basis())));
  }
}
