package org.eigensweep.experiment.walk;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;
import org.eigensweep.experiment.outcome.EarlierSpace;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.linalg.SpaceOverlap;

/** The spaces at earlier points of a trajectory that rows to come are compared with. */
final class EarlierSpaces implements AutoCloseable {
  private record Space(Scope owner, Matrix basis) {}

  private final Device device;
  private final MeasuredPoints points;
  private final NavigableMap<Integer, Space> spaces = new TreeMap<>();

  EarlierSpaces(Device device, MeasuredPoints points) {
    this.device = device;
    this.points = points;
  }

  /**
   * Compares the space of a row with those before it.
   *
   * @param step of the row
   * @param basis n × pairs, orthonormal
   * @return lag → overlap with the space so many steps ago; a lag that reaches to before the start
   *     is absent
   */
  Map<Integer, SpaceOverlap> compare(int step, Matrix basis) {
    Map<Integer, SpaceOverlap> overlaps = new TreeMap<>();
    for (int lag : points.measuring().overlaps()) {
      Space earlier = spaces.get(step - lag);
      if (earlier != null) {
        overlaps.put(lag, SpaceOverlap.between(earlier.basis(), basis));
      }
    }
    return overlaps;
  }

  /**
   * Takes over the space of a point if a row to come is compared with it, and lets go of those that
   * no row is compared with any more.
   *
   * @param step of the point
   * @param basis n × pairs, orthonormal; copied
   */
  void remember(int step, Matrix basis) {
    spaces
        .entrySet()
        .removeIf(
            entry -> {
              boolean useless = !points.isComparedAfter(entry.getKey(), step);
              if (useless) {
                entry.getValue().owner().close();
              }
              return useless;
            });
    if (points.isComparedAfter(step, step)) {
      Scope owner = device.open();
      Matrix copy = owner.matrix(basis.rows(), basis.columns());
      device.copy(basis, copy);
      spaces.put(step, new Space(owner, copy));
    }
  }

  List<EarlierSpace> state(MatrixKeeper keeper) {
    return spaces.entrySet().stream()
        .map(entry -> new EarlierSpace(entry.getKey(), keeper.keep(entry.getValue().basis())))
        .toList();
  }

  void restore(List<EarlierSpace> earlier) {
    for (EarlierSpace space : earlier) {
      Scope owner = device.open();
      spaces.put(space.step(), new Space(owner, owner.copyOf(space.basis())));
    }
  }

  @Override
  public void close() {
    spaces.values().forEach(space -> space.owner().close());
    spaces.clear();
  }
}
