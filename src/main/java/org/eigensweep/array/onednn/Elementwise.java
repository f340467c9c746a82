package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_gt;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;

import org.bytedeco.dnnl.dnnl_memory_desc_t;

/**
 * Functions element by element, and products. Matrices lie column after column. Operands are
 * addresses of dense float32 numbers; an output may be an input of its shape, and must not overlap
 * one otherwise.
 */
public final class Elementwise {
  private record MapKey(Function function, long count) {}

  private record StepKey(long count) {}

  private record PositiveKey(long count) {}

  private record SoftmaxKey(long rows, long columns) {}

  private record ProductKey(
      long rows, long columns, long factorRows, long factorColumns, Blend blend) {}

  private final OneDnn dnn;

  /** Computes with the primitives that {@code dnn} keeps. */
  public Elementwise(OneDnn dnn) {
    this.dnn = dnn;
  }

  /** out ← f(in) for so many numbers. */
  public void map(Function f, long count, long in, long out) {
    MapKey key = new MapKey(f, count);
    dnn.kernel(Mapping.class, key, () -> Mapping.of(dnn, f, count)).compute(in, out);
  }

  /** out ← 1 where in is above 0 or NaN, 0 elsewhere, for so many numbers. */
  public void step(long count, long in, long out) {
    dnn.kernel(Binary.class, new StepKey(count), () -> steps(count)).compute(in, dnn.zeros(), out);
  }

  private Binary steps(long count) {
    return new Binary(
        dnn, dnnl_binary_gt, Layouts.matrix(1, count), Layouts.matrix(1, 1), Blend.REPLACE);
  }

  /** out ← max(in, 0) for so many numbers; a NaN stays one. */
  public void positive(long count, long in, long out) {
    for (long at = 0; at < count; at += Library.ZEROS) {
      long piece = Math.min(Library.ZEROS, count - at);
      long offset = at * Float.BYTES;
      dnn.kernel(Binary.class, new PositiveKey(piece), () -> maxima(piece))
          .compute(dnn.zeros(), in + offset, out + offset);
    }
  }

  /** Of x and a NaN the processor takes what comes second: oneDNN's own would return the zero. */
  private Binary maxima(long count) {
    dnnl_memory_desc_t layout = Layouts.matrix(1, count);
    return new Binary(dnn, dnnl_binary_max, layout, layout, Blend.REPLACE);
  }

  /** Softmax of each column of a rows × columns matrix; of a column with a NaN, one too. */
  public void softmax(long rows, long columns, long in, long out) {
    SoftmaxKey key = new SoftmaxKey(rows, columns);
    dnn.kernel(Mapping.class, key, () -> Mapping.softmax(dnn, rows, columns)).compute(in, out);
  }

  /** out ← α·x ⊙ y + β·out for so many numbers; with β = 0 the old ones are not read. */
  public void multiply(long count, float alpha, long x, long y, float beta, long out) {
    product(new ProductKey(count, 1, count, 1, new Blend(alpha, beta))).compute(x, y, out);
  }

  /**
   * As {@link #multiply}, where y is one column of so many rows and used for every column: of
   * factors for rows, or of any numbers with which longer ones are multiplied over and over.
   */
  public void multiplyByColumn(
      long rows, long columns, float alpha, long x, long y, float beta, long out) {
    product(new ProductKey(rows, columns, rows, 1, new Blend(alpha, beta))).compute(x, y, out);
  }

  /** As {@link #multiply}, where y is one row, a factor for each column. */
  public void multiplyByRow(
      long rows, long columns, float alpha, long x, long y, float beta, long out) {
    product(new ProductKey(rows, columns, 1, columns, new Blend(alpha, beta))).compute(x, y, out);
  }

  private Binary product(ProductKey key) {
    return dnn.kernel(
        Binary.class,
        key,
        () ->
            new Binary(
                dnn,
                dnnl_binary_mul,
                Layouts.matrix(key.columns(), key.rows()),
                Layouts.matrix(key.factorColumns(), key.factorRows()),
                key.blend()));
  }
}
