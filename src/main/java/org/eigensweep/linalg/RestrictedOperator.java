package org.eigensweep.linalg;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * A diagonal block of an operator: RARᵀ, where R picks consecutive coordinates. A product costs one
 * of the whole operator, and two n × m blocks of memory while it lasts.
 */
public final class RestrictedOperator implements LinearOperator {
  private final LinearOperator whole;
  private final IndexRange range;

  /**
   * The block of some coordinates.
   *
   * @param whole A
   * @param range coordinates of A's
   * @throws IllegalArgumentException if the range reaches past the operator
   */
  public RestrictedOperator(LinearOperator whole, IndexRange range) {
    if (range.to() > whole.size()) {
      throw new IllegalArgumentException(
          "coordinates %d to before %d reach past an operator of dimension %d"
              .formatted(range.from(), range.to(), whole.size()));
    }
    this.whole = whole;
    this.range = range;
  }

  @Override
  public Device device() {
    return whole.device();
  }

  @Override
  public int size() {
    return range.size();
  }

  @Override
  public void apply(Matrix x, Matrix y) {
    try (Scope scope = device().open()) {
      Matrix embedded = scope.zeros(whole.size(), x.columns());
      Matrix image = scope.matrix(whole.size(), x.columns());
      for (int j = 0; j < x.columns(); j++) {
        device().copy(x.column(j), part(embedded, j));
      }
      whole.apply(embedded, image);
      for (int j = 0; j < x.columns(); j++) {
        device().copy(part(image, j), y.column(j));
      }
    }
  }

  private Matrix part(Matrix block, int column) {
    return block.view((long) column * block.rows() + range.from(), range.size(), 1);
  }
}
