package org.eigensweep.array.cuda;

import static org.eigensweep.array.cuda.CudaStream.bits;

import java.util.Locale;
import org.eigensweep.array.Blocks;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Unary;

/** What is computed element by element, and where elements go; all shapes fit. */
final class Elements {
  private final CudaDevice device;
  private final CudaStream stream;

  Elements(CudaDevice device) {
    this.device = device;
    this.stream = device.stream();
  }

  private long at(Matrix matrix) {
    return device.address(matrix);
  }

  /** See {@link org.eigensweep.array.Device#map}; each function is a kernel of its name. */
  void map(Unary f, Matrix in, Matrix out) {
    String kernel = "map_" + f.name().toLowerCase(Locale.ROOT);
    stream.each(kernel, in.size(), in.size(), at(in), at(out));
  }

  /** See {@link org.eigensweep.array.Device#multiply}. */
  void multiply(double alpha, Matrix x, Matrix y, double beta, Matrix out) {
    long n = x.size();
    if (y.rows() == x.rows()) {
      stream.each("multiply", n, n, bits(alpha), at(x), at(y), y.size(), bits(beta), at(out));
    } else {
      stream.each(
          "multiply_columns",
          n,
          n,
          x.rows(),
          bits(alpha),
          at(x),
          at(y),
          y.columns(),
          bits(beta),
          at(out));
    }
  }

  /** See {@link org.eigensweep.array.Device#divideByRoots}. */
  void divideByRoots(double alpha, Matrix x, Matrix y, double epsilon, Matrix out) {
    long n = x.size();
    stream.each("divide_by_roots", n, n, bits(alpha), at(x), at(y), bits(epsilon), at(out));
  }

  /** See {@link org.eigensweep.array.Device#axpy}. */
  void axpy(double alpha, Matrix x, Matrix y) {
    stream.each("axpy", x.size(), x.size(), bits(alpha), at(x), at(y));
  }

  /** See {@link org.eigensweep.array.Device#scale}. */
  void scale(double alpha, Matrix x) {
    stream.each("scale", x.size(), x.size(), bits(alpha), at(x));
  }

  /** See {@link org.eigensweep.array.Device#fill}. */
  void fill(double value, Matrix x) {
    if (bits(value) == 0) {
      stream.clear(at(x), x.size() * device.precision().bytes());
    } else {
      stream.each("fill", x.size(), x.size(), bits(value), at(x));
    }
  }

  /** See {@link org.eigensweep.array.Device#transposeEach}. */
  void transpose(Blocks in, Blocks out) {
    Layout from = Layout.of(in);
    Layout to = Layout.of(out);
    long n = (long) out.count() * out.rows() * out.columns();
    stream.each(
        "transpose_each",
        n,
        n,
        out.rows(),
        out.columns(),
        device.address(in),
        in.leading(),
        from.down(),
        from.downStep(),
        from.acrossStep(),
        device.address(out),
        out.leading(),
        to.down(),
        to.downStep(),
        to.acrossStep());
  }

  /** See {@link org.eigensweep.array.Device#spreadEach}; {@code column} tells what x are. */
  void spread(double alpha, Blocks x, double beta, Blocks out, boolean column) {
    Layout from = Layout.of(x);
    Layout to = Layout.of(out);
    long n = (long) out.count() * out.rows() * out.columns();
    stream.each(
        "spread_each",
        n,
        n,
        out.rows(),
        out.columns(),
        bits(alpha),
        device.address(x),
        column ? 1 : 0,
        column ? 0 : x.leading(),
        from.down(),
        from.downStep(),
        from.acrossStep(),
        bits(beta),
        device.address(out),
        out.leading(),
        to.down(),
        to.downStep(),
        to.acrossStep());
  }
}
