package org.eigensweep.array;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A batch of products of one shape, each a direct call of the BLAS that ND4J also calls. By way of
 * ND4J's arrays one call costs 20 to 40 µs before it begins, as much as the product of one image's
 * patches (1024 × 27 by 27 × 32) itself. The two precisions are two functions of C, whose pointers
 * and numbers are of types that Java cannot abstract over: so they are called in two methods.
 *
 * @param a how the left operands enter
 * @param b how the right operands enter
 * @param rows rows of a product
 * @param inner terms of a sum
 * @param columns columns of a product
 * @param left layout of the left operands
 * @param right layout of the right operands
 * @param out layout of the products
 */
record Products(
    Transpose a,
    Transpose b,
    int rows,
    int inner,
    int columns,
    Blocks left,
    Blocks right,
    Blocks out) {

  /** Checks shapes and numbers of the operands. */
  static Products of(Transpose a, Transpose b, Blocks left, Blocks right, Blocks out) {
    Shapes.requireProducts(a, b, left, right, out);
    int rows = a == Transpose.YES ? left.columns() : left.rows();
    int inner = a == Transpose.YES ? left.rows() : left.columns();
    int columns = b == Transpose.YES ? right.rows() : right.columns();
    return new Products(a, b, rows, inner, columns, left, right, out);
  }

  /** How many there are. */
  int count() {
    return Math.max(out.count(), Math.max(left.count(), right.count()));
  }

  /** β of one product: what a sum has taken already is kept. */
  double beta(int i, double beta) {
    return i > 0 && out.count() == 1 ? 1 : beta;
  }

  /** Computes them all; the matrices are those of the layouts. */
  void run(double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix z) {
    switch (x.device().precision()) {
      case FLOAT32 -> inSingle(alpha, x, y, beta, z);
      case FLOAT64 -> inDouble(alpha, x, y, beta, z);
    }
    z.tagHost();
  }

  private void inSingle(double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix z) {
    FloatPointer xs = new FloatPointer(x.hostStorage());
    FloatPointer ys = new FloatPointer(y.hostStorage());
    FloatPointer zs = new FloatPointer(z.hostStorage());
    for (int i = 0; i < count(); i++) {
      cblas_sgemm(
          CblasColMajor,
          code(a),
          code(b),
          rows,
          columns,
          inner,
          (float) alpha,
          xs.position(x.offset() + left.start(i)),
          left.leading(),
          ys.position(y.offset() + right.start(i)),
          right.leading(),
          (float) beta(i, beta),
          zs.position(z.offset() + out.start(i)),
          out.leading());
    }
  }

  private void inDouble(double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix z) {
    DoublePointer xs = new DoublePointer(x.hostStorage());
    DoublePointer ys = new DoublePointer(y.hostStorage());
    DoublePointer zs = new DoublePointer(z.hostStorage());
    for (int i = 0; i < count(); i++) {
      cblas_dgemm(
          CblasColMajor,
          code(a),
          code(b),
          rows,
          columns,
          inner,
          alpha,
          xs.position(x.offset() + left.start(i)),
          left.leading(),
          ys.position(y.offset() + right.start(i)),
          right.leading(),
          beta(i, beta),
          zs.position(z.offset() + out.start(i)),
          out.leading());
    }
  }

  private static int code(Transpose transpose) {
    return transpose == Transpose.YES ? CblasTrans : CblasNoTrans;
  }
}
