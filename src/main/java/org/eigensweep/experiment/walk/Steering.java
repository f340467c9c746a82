package org.eigensweep.experiment.walk;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.experiment.outcome.FollowedState;
import org.eigensweep.experiment.outcome.SteeringAccount;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.ErrorMeasure;
import org.eigensweep.linalg.TrackedSpace;

/**
 * All that is followed to steer a trajectory: the dominant space of each rank that has a say in
 * where it goes. Each rank has a tracker, a budget and random numbers of its own, so that none
 * depends on which other ranks there are.
 */
final class Steering implements AutoCloseable {
  private final Map<Integer, FollowedSpace> spaces = new TreeMap<>();

  Steering(Device device, Following following, List<Integer> ranks, long seed) {
    for (int rank : ranks) {
      spaces.put(rank, new FollowedSpace(device, following, rank, RandomStream.SOLVER.of(seed)));
    }
  }

  /** Goes on from the space of a rank as it was tracked before. */
  void startFrom(int rank, TrackedSpace known) {
    spaces.get(rank).startFrom(known);
  }

  /**
   * The dominant space of a rank at a point, right for the projection of a vector.
   *
   * @return n × rank, orthonormal; valid until the next call for the rank
   */
  Matrix follow(int rank, Frame frame, Matrix vector, ErrorMeasure measure) {
    return spaces.get(rank).follow(frame, vector, measure);
  }

  /** The pairs of a rank's space at the point of the latest call, where that measured them. */
  Optional<Eigenspace> measured(int rank) {
    return spaces.get(rank).measured();
  }

  /** The space of a rank at the point of the latest call for it, which may cost a refresh. */
  TrackedSpace snapshot(int rank, Frame frame) {
    return spaces.get(rank).snapshot(frame);
  }

  /** Rank → all that is known of its space. */
  Map<Integer, FollowedState> state(MatrixKeeper keeper) {
    return each(space -> space.state(keeper));
  }

  /** Goes on from what was known of the spaces of these ranks, and perhaps of others. */
  void restore(Map<Integer, FollowedState> known) {
    spaces.forEach((rank, space) -> space.restore(known.get(rank)));
  }

  /** Rank → how its space was followed since the latest row. */
  Map<Integer, SteeringAccount> sinceLastRow() {
    return each(FollowedSpace::sinceLastRow);
  }

  /** How the space of a rank was followed so far. */
  SteeringAccount total(int rank) {
    return spaces.get(rank).total();
  }

  /** How the spaces of all ranks were followed so far. */
  Collection<SteeringAccount> totals() {
    return each(FollowedSpace::total).values();
  }

  private <T> Map<Integer, T> each(Function<FollowedSpace, T> what) {
    Map<Integer, T> all = new TreeMap<>();
    spaces.forEach((rank, space) -> all.put(rank, what.apply(space)));
    return all;
  }

  @Override
  public void close() {
    spaces.values().forEach(FollowedSpace::close);
  }
}
