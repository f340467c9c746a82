package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Products of matrices of one shape: C ← α·op(A)·op(B) + β·C. Matrices lie column after column,
 * with a gap after each or without. Operands are addresses of float32 numbers; C must not overlap
 * the others.
 */
public final class MatrixProduct {
  /** How a factor enters. */
  public enum Form {
    PLAIN('N'),
    TRANSPOSED('T');

    private final byte code;

    Form(char code) {
      this.code = (byte) code;
    }
  }

  /**
   * A factor.
   *
   * @param form how it enters
   * @param leading numbers from one of its columns to the next
   */
  public record Factor(Form form, long leading) {}

  private final Factor left;
  private final Factor right;
  private final long rows;
  private final long inner;
  private final long columns;
  private final long leading;
  private final Address a = new Address();
  private final Address b = new Address();
  private final Address c = new Address();

  /**
   * Products on the calling thread alone.
   *
   * @param dnn the thread's oneDNN
   * @param left A
   * @param right B
   * @param rows rows of C
   * @param inner terms of each sum
   * @param columns columns of C
   * @param leading numbers from one column of C to the next
   */
  public MatrixProduct(
      OneDnn dnn, Factor left, Factor right, long rows, long inner, long columns, long leading) {
    dnn.prepare();
    this.left = left;
    this.right = right;
    this.rows = rows;
    this.inner = inner;
    this.columns = columns;
    this.leading = leading;
  }

  /** One product; with β = 0 the old C is not read. */
  public void compute(float alpha, long x, long y, float beta, long out) {
    // oneDNN's matrices lie row after row: to it, these are their transposes
    int status =
        dnnl_sgemm(
            right.form.code,
            left.form.code,
            columns,
            rows,
            inner,
            alpha,
            b.at(y),
            right.leading,
            a.at(x),
            left.leading,
            beta,
            c.at(out),
            leading);
    Status.check(status, "a matrix product");
  }

  /** As {@link RawAddress}, of numbers. */
  private static final class Address extends FloatPointer {
    Address at(long bytes) {
      address = bytes;
      return this;
    }
  }
}
