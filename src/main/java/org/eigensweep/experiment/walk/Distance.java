package org.eigensweep.experiment.walk;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** The distance between two points in parameter space. */
final class Distance {
  private Distance() {}

  /** ‖a − b‖ of two vectors, n × 1. */
  static double between(Matrix a, Matrix b) {
    Device device = a.device();
    try (Scope temporary = device.open()) {
      Matrix way = temporary.matrix(a.rows(), 1);
      device.copy(a, way);
      device.axpy(-1, b, way);
      return device.norm(way);
    }
  }
}
