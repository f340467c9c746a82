package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.training.OptimizerState;

/**
 * All that there is of a trunk or a branch between two of its steps. A walk that is taken up from
 * it has the rows, to the last bit, that it would have had without the pause. With the seed, the
 * number of the step fixes the rest of the order of the batches.
 *
 * @param step updates made so far, those of the trunk included
 * @param theta n × 1 parameters
 * @param optimizer what the base optimiser remembers
 * @param steering rank → what is known of the space that steers
 * @param observing what is known of what is measured
 * @param measurements points so far, in order of steps
 * @param kept points kept so far, in order of steps
 * @param seconds wall-clock time so far
 * @param watched what a trunk has seen of the switches
 */
public record Checkpoint(
    int step,
    MatrixSource theta,
    OptimizerState optimizer,
    Map<Integer, FollowedState> steering,
    ObserverState observing,
    List<Measurement> measurements,
    List<KeptPoint> kept,
    double seconds,
    Watched watched)
    implements Serializable {
  /** The points of a trunk that count for a rank: those before its switch. */
  public List<Measurement> pointsOf(int rank) {
    SwitchState at = watched.switches().get(rank);
    return at == null
        ? measurements
        : measurements.stream().filter(point -> point.step() < at.step()).toList();
  }

  /** All vectors that it holds or names. */
  public Stream<MatrixSource> vectors() {
    Stream<MatrixSource> followed =
        steering.values().stream().flatMap(it -> it.tracker().vectors());
    Stream<MatrixSource> switched =
        watched.switches().values().stream().flatMap(SwitchState::vectors);
    Stream<MatrixSource> remembered = optimizer.vectors().stream();
    Stream<MatrixSource> points = kept.stream().map(KeptPoint::theta);
    return Stream.of(Stream.of(theta), remembered, followed, observing.vectors(), switched, points)
        .flatMap(s -> s);
  }
}
