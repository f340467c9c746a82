package org.eigensweep.array;

import static org.bytedeco.openblas.global.openblas_nolapack.cblas_daxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_ddot;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dscal;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sdot;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sscal;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Direct calls of BLAS for vectors, and of the C library to move and clear memory. */
final class VectorCalls {
  /** Terms that one float32 partial sum of a dot product may hold; see {@link Device#dot}. */
  private static final int DOT_TERMS = 4096;

  private VectorCalls() {}

  /** y ← y + α·x. */
  static void axpy(double alpha, Nd4jMatrix x, Nd4jMatrix y) {
    int n = Math.toIntExact(x.size());
    switch (x.device().precision()) {
      case FLOAT32 -> cblas_saxpy(n, (float) alpha, floats(x, 0), 1, floats(y, 0), 1);
      case FLOAT64 -> cblas_daxpy(n, alpha, doubles(x, 0), 1, doubles(y, 0), 1);
    }
    y.tagHost();
  }

  /** x ← α·x. */
  static void scale(double alpha, Nd4jMatrix x) {
    int n = Math.toIntExact(x.size());
    switch (x.device().precision()) {
      case FLOAT32 -> cblas_sscal(n, (float) alpha, floats(x, 0), 1);
      case FLOAT64 -> cblas_dscal(n, alpha, doubles(x, 0), 1);
    }
    x.tagHost();
  }

  /** Σ of {@code count} products from an element of each on. */
  static double dot(Nd4jMatrix x, long xAt, Nd4jMatrix y, long yAt, int count) {
    if (x.device().precision() == Precision.FLOAT64) {
      return cblas_ddot(count, doubles(x, xAt), 1, doubles(y, yAt), 1);
    }
    FloatPointer xs = floats(x, xAt);
    FloatPointer ys = floats(y, yAt);
    double sum = 0;
    for (int at = 0; at < count; at += DOT_TERMS) {
      int terms = Math.min(DOT_TERMS, count - at);
      sum += cblas_sdot(terms, xs, 1, ys, 1);
      xs.position(xs.position() + terms);
      ys.position(ys.position() + terms);
    }
    return sum;
  }

  /** to ← from, element by element. */
  static void copy(Nd4jMatrix from, Nd4jMatrix to) {
    switch (from.device().precision()) {
      case FLOAT32 -> Pointer.memcpy(floats(to, 0), floats(from, 0), Float.BYTES * from.size());
      case FLOAT64 -> Pointer.memcpy(doubles(to, 0), doubles(from, 0), Double.BYTES * from.size());
    }
    to.tagHost();
  }

  /** Column j of {@code to} ← column {@code columns[j]} of {@code from}. */
  static void gatherColumns(Nd4jMatrix from, int[] columns, Nd4jMatrix to) {
    long columnBytes = (long) to.rows() * to.device().precision().bytes();
    switch (from.device().precision()) {
      case FLOAT32 -> gather(floats(from, 0), columns, floats(to, 0), columnBytes);
      case FLOAT64 -> gather(doubles(from, 0), columns, doubles(to, 0), columnBytes);
    }
    to.tagHost();
  }

  /** Both pointers are at 0, and move; memcpy counts their positions in bytes. */
  private static void gather(Pointer from, int[] columns, Pointer to, long columnBytes) {
    for (int j = 0; j < columns.length; j++) {
      from.position(columns[j] * columnBytes);
      to.position(j * columnBytes);
      Pointer.memcpy(to, from, columnBytes);
    }
  }

  /** Sets every element to 0. */
  static void clear(Nd4jMatrix x) {
    switch (x.device().precision()) {
      case FLOAT32 -> Pointer.memset(floats(x, 0), 0, Float.BYTES * x.size());
      case FLOAT64 -> Pointer.memset(doubles(x, 0), 0, Double.BYTES * x.size());
    }
    x.tagHost();
  }

  private static FloatPointer floats(Nd4jMatrix x, long at) {
    return ((FloatPointer) x.hostStorage()).getPointer(x.offset() + at); // plain memory has no type
  }

  private static DoublePointer doubles(Nd4jMatrix x, long at) {
    return ((DoublePointer) x.hostStorage()).getPointer(x.offset() + at);
  }
}
