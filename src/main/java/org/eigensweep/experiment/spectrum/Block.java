package org.eigensweep.experiment.spectrum;

import java.io.Serializable;
import java.util.List;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.Coordinates;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.RestrictedOperator;

/**
 * A diagonal block of a matrix over the parameters: what the loss does when these parameters move
 * and all others stay.
 *
 * @param name whose parameters, as in "layer0.W, layer1"
 * @param coordinates where they lie
 */
public record Block(String name, Coordinates coordinates) implements Serializable {
  /** The name of the block of all parameters. */
  public static final String ALL = "all";

  /** All parameters, which make the matrix itself. */
  public static Block whole(int parameters) {
    return new Block(ALL, new Coordinates(List.of(new IndexRange(0, parameters))));
  }

  /** Number of parameters in it. */
  public int size() {
    return coordinates.size();
  }

  /** The block of a matrix. */
  LinearOperator of(LinearOperator matrix) {
    return size() == matrix.size() ? matrix : new RestrictedOperator(matrix, coordinates);
  }

  /** These coordinates of a vector, in a new one that the scope owns. */
  Matrix of(Matrix vector, Scope scope) {
    Matrix part = scope.matrix(size(), 1);
    coordinates.gather(vector, part);
    return part;
  }
}
