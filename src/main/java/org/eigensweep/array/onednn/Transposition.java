package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import org.bytedeco.dnnl.dnnl_memory_desc_t;

/**
 * Transposes of matrices of one shape. Operands are addresses of float32 numbers and must not
 * overlap.
 */
public final class Transposition {
  /**
   * Where matrices lie, each column after column.
   *
   * @param count how many there are
   * @param leading numbers from one column of a matrix to the next
   * @param step numbers from one matrix to the next
   */
  public record Matrices(long count, long leading, long step) {
    private dnnl_memory_desc_t layout(long rows, long columns, long rowStep, long columnStep) {
      long next = count == 1 ? rows * columns : step;
      return Layouts.strided(new long[] {count, columns, rows}, next, columnStep, rowStep);
    }
  }

  private record Key(long rows, long columns, Matrices from, Matrices to) {}

  private final Reordering reordering;

  /**
   * Finds the primitive.
   *
   * @param dnn the thread's oneDNN
   * @param rows of a matrix that is given
   * @param columns of a matrix that is given
   * @param from where they lie
   * @param to where their transposes go
   */
  public Transposition(OneDnn dnn, long rows, long columns, Matrices from, Matrices to) {
    Key key = new Key(rows, columns, from, to);
    reordering = dnn.kernel(Reordering.class, key, () -> new Reordering(dnn, key));
  }

  /** Transposes them all. */
  public void compute(long matrices, long transposes) {
    reordering.operation.execute(matrices, transposes);
  }

  private static final class Reordering implements Kernel {
    private final Operation operation;

    Reordering(OneDnn dnn, Key key) {
      dnnl_memory_desc_t from = key.from.layout(key.rows, key.columns, 1, key.from.leading());
      dnnl_memory_desc_t to = key.to.layout(key.rows, key.columns, key.to.leading(), 1);
      Description description = Description.reorder(dnn, from, to, Blend.REPLACE);
      operation = new Operation(dnn, description, DNNL_ARG_FROM, DNNL_ARG_TO);
    }

    @Override
    public void close() {
      operation.close();
    }
  }
}
