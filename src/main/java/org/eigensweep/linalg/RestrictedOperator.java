package org.eigensweep.linalg;

import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * A diagonal block of an operator: RARᵀ, where R picks some coordinates. A product costs one of the
 * whole operator, and two n × m blocks of memory while it lasts.
 */
public final class RestrictedOperator implements LinearOperator {
  private final LinearOperator whole;
  private final Coordinates coordinates;

  /** The block of consecutive coordinates. */
  public RestrictedOperator(LinearOperator whole, IndexRange range) {
    this(whole, new Coordinates(List.of(range)));
  }

  /**
   * The block of some coordinates.
   *
   * @param whole A
   * @param coordinates some of A's
   * @throws IllegalArgumentException if they reach past the operator
   */
  public RestrictedOperator(LinearOperator whole, Coordinates coordinates) {
    if (coordinates.end() > whole.size()) {
      throw new IllegalArgumentException(
          "coordinates %s reach past an operator of dimension %d"
              .formatted(coordinates, whole.size()));
    }
    this.whole = whole;
    this.coordinates = coordinates;
  }

  @Override
  public Device device() {
    return whole.device();
  }

  @Override
  public int size() {
    return coordinates.size();
  }

  @Override
  public void apply(Matrix x, Matrix y) {
    try (Scope scope = device().open()) {
      Matrix embedded = scope.zeros(whole.size(), x.columns());
      Matrix image = scope.matrix(whole.size(), x.columns());
      coordinates.scatter(x, embedded);
      whole.apply(embedded, image);
      coordinates.gather(image, y);
    }
  }
}
