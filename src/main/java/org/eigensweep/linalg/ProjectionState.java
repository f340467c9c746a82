package org.eigensweep.linalg;

import java.io.Serializable;
import java.util.stream.Stream;
import org.eigensweep.array.MatrixSource;

/**
 * All that a {@link ProjectionTracker} knows. Another of the same device, settings and seed that is
 * restored from it goes on with the same bits.
 *
 * @param exact what the tracker knows that refreshes the space
 * @param corrected n × k, the basis as it was corrected since the latest refresh; null if it was
 *     not
 * @param values eigenvalues of the latest refresh, in leading order; none before the first
 * @param edge the first eigenvalue outside, by estimate
 * @param estimate of the error that the latest step left
 * @param age corrections since the latest refresh
 * @param corrections corrections so far
 * @param mean running mean of the estimates
 * @param expected estimate that the next correction is expected to have
 */
@SuppressWarnings("ArrayRecordComponent") // moved, never compared
public record ProjectionState(
    SubspaceState exact,
    MatrixSource corrected,
    double[] values,
    double edge,
    double estimate,
    int age,
    int corrections,
    double mean,
    double expected)
    implements Serializable {
  /** Operator-vector products so far. */
  public long products() {
    return exact.products() + (long) DirectedCorrection.PRODUCTS * corrections;
  }

  /** Its vectors. */
  public Stream<MatrixSource> vectors() {
    return Stream.concat(exact.vectors(), corrected == null ? Stream.of() : Stream.of(corrected));
  }
}
