package org.eigensweep.array.cuda;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Transpose;

/**
 * Some products of one shape: C_i of op(A_i) and op(B_i).
 *
 * @param a how each A_i enters
 * @param b how each B_i enters
 * @param rows rows of a product
 * @param columns columns of a product
 * @param inner terms of a sum
 * @param left A_i, or one that enters every product
 * @param right B_i, or one that enters every product
 * @param out C_i
 * @param count how many
 */
record Batch(
    Transpose a,
    Transpose b,
    int rows,
    int columns,
    int inner,
    Operand left,
    Operand right,
    Operand out,
    int count) {
  /**
   * One operand of every product.
   *
   * @param address from which the layout counts
   * @param leading elements from one column to the next
   * @param layout where all begin
   * @param first which of them the first product has
   */
  record Operand(long address, int leading, Layout layout, int first) {
    static Operand of(CudaDevice device, Blocks blocks) {
      return new Operand(device.address(blocks), blocks.leading(), Layout.of(blocks), 0);
    }

    /** Operands in columns without gaps, some numbers apart. */
    static Operand apart(long address, int rows, long step) {
      return new Operand(address, rows, new Layout(1, 0, step), 0);
    }

    /** That of the products from one on. */
    Operand from(int index) {
      return new Operand(address, leading, layout, first + index);
    }

    /** First element of one. */
    long start(int index) {
      return layout.start(first + index);
    }
  }

  /** Some of the products, with results elsewhere. */
  Batch part(int from, int some, Operand results) {
    return new Batch(a, b, rows, columns, inner, left.from(from), right.from(from), results, some);
  }

  /** The products from one on, where they are. */
  Batch part(int from, int some) {
    return part(from, some, out.from(from));
  }

  /** Whether the operands of every product lie as far behind those of the one before. */
  boolean isEven() {
    return isEven(left) && isEven(right) && isEven(out);
  }

  private boolean isEven(Operand operand) {
    return operand.layout.isEven(operand.first, count);
  }
}
