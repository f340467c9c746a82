package org.eigensweep.network.layer;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Matrix;

/**
 * One layer's rows of a block of parameter tangents.
 *
 * @param block n × m, columns are tangents of the whole parameter vector
 * @param offset first row of the layer
 */
public record TangentBlock(Matrix block, int offset) {
  /** Number of tangents m. */
  int count() {
    return block.columns();
  }

  /**
   * Some of the layer's parameters in one tangent, as a matrix.
   *
   * @param tangent column of the block
   * @param at first of the parameters, counted from the layer's first
   */
  Matrix part(int tangent, int at, int rows, int columns) {
    return block.view((long) tangent * block.rows() + offset + at, rows, columns);
  }

  /** The same parameters in every tangent, a block each. */
  Blocks parts(int at, int rows, int columns) {
    return Blocks.inColumns(block, offset + at, rows, columns);
  }
}
