package org.eigensweep.array;

import java.util.Arrays;
import org.nd4j.linalg.api.blas.Level1;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J as a device: the back end on the class path, whichever it is. Products go to BLAS on
 * 'f'-ordered operands without gaps, the one path of ND4J that is fast; storage is pooled until the
 * device closes.
 */
final class Nd4jDevice implements Device {
  /** Terms that one float32 partial sum of a dot product may hold; see {@link Device#dot}. */
  private static final int DOT_TERMS = 4096;

  static {
    CpuKernels.choose();
  }

  private final Precision precision;
  private final StoragePool pool;
  private final HostWindows windows;
  private final Scope constants;
  private Matrix ones;

  private Nd4jDevice(Precision precision) {
    this.precision = precision;
    this.pool = new StoragePool(precision);
    this.windows = new HostWindows(precision);
    this.constants = open();
  }

  /** See {@link Devices#open}. */
  static Nd4jDevice open(Precision precision, int threads) {
    NativeThreads.use(threads);
    return new Nd4jDevice(precision);
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public Scope open() {
    return new Nd4jScope(this, pool);
  }

  @Override
  public long bytes() {
    return pool.bytes();
  }

  /** Bytes of matrices whose scopes are open. */
  long bytesInUse() {
    return pool.bytesInUse();
  }

  @Override
  public Matrix ones(int count) {
    if (ones == null || ones.rows() < count) { // views of a shorter one stay as they are
      ones = constants.matrix(count, 1);
      fill(1, ones);
    }
    return ones.view(0, count, 1);
  }

  @Override
  public void gemm(
      Transpose a, Transpose b, double alpha, Matrix left, Matrix right, double beta, Matrix out) {
    boolean transA = a == Transpose.YES;
    boolean transB = b == Transpose.YES;
    int rows = transA ? left.columns() : left.rows();
    int inner = transA ? left.rows() : left.columns();
    int innerRight = transB ? right.columns() : right.rows();
    int columns = transB ? right.rows() : right.columns();
    if (inner != innerRight || rows != out.rows() || columns != out.columns()) {
      throw new IllegalArgumentException(
          "gemm of %d x %d by %d x %d does not give %d x %d"
              .formatted(rows, inner, innerRight, columns, out.rows(), out.columns()));
    }
    Nd4j.getBlasWrapper()
        .level3()
        .gemm(array(left), array(right), array(out), transA, transB, alpha, beta);
  }

  @Override
  public void gemmEach(
      Transpose a, Transpose b, double alpha, Blocks left, Blocks right, double beta, Blocks out) {
    Products products = Products.of(a, b, left, right, out);
    products.run(alpha, own(left.matrix()), own(right.matrix()), beta, own(out.matrix()));
  }

  @Override
  public void map(Unary f, Matrix in, Matrix out) {
    requireSameShape("map", in, out);
    Nd4jFunctions.map(f, array(in), array(out));
  }

  @Override
  public void multiply(Matrix x, Matrix y, Matrix out) {
    requireSameShape("multiply", x, y);
    requireSameShape("multiply", x, out);
    array(x).muli(array(y), array(out));
  }

  @Override
  public void scaleColumns(Matrix x, Matrix factors, Matrix out) {
    requireSameShape("scaling", x, out);
    requireShape("factors", factors, 1, x.columns());
    array(x).muli(array(factors), array(out));
  }

  @Override
  public void scaleRows(Matrix x, Matrix factors, Matrix out) {
    requireSameShape("scaling", x, out);
    requireShape("factors", factors, x.rows(), 1);
    array(x).muli(array(factors), array(out));
  }

  @Override
  public void axpy(double alpha, Matrix x, Matrix y) {
    requireSameShape("axpy", x, y);
    level1().axpy(x.size(), alpha, array(x), array(y));
  }

  @Override
  public void scale(double alpha, Matrix x) {
    level1().scal(x.size(), alpha, array(x));
  }

  @Override
  public void addSquares(double alpha, Matrix x, double beta, Matrix y) {
    requireSameShape("addSquares", x, y);
    HostPasses.addSquares(alpha, own(x), beta, own(y));
  }

  @Override
  public void divideByRoots(double alpha, Matrix x, Matrix y, double epsilon, Matrix out) {
    requireSameShape("divideByRoots", x, y);
    requireSameShape("divideByRoots", x, out);
    HostPasses.divideByRoots(alpha, own(x), own(y), epsilon, own(out));
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    if (from.size() != to.size()) {
      throw new IllegalArgumentException(
          "copy of %d elements into %d".formatted(from.size(), to.size()));
    }
    Matrix shaped = from.rows() == to.rows() ? from : from.view(0, to.rows(), to.columns());
    array(to).assign(array(shaped));
  }

  @Override
  public void fill(double value, Matrix x) {
    array(x).assign(value);
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    requireSameShape("dot", x, y);
    int blocks = Math.toIntExact(x.size() / DOT_TERMS);
    if (precision == Precision.FLOAT64 || blocks < 2) {
      return level1().dot(x.size(), 1, array(x), array(y));
    }
    long done = (long) blocks * DOT_TERMS;
    int rest = Math.toIntExact(x.size() - done);
    double sum = sumOfBlocks(x.view(0, DOT_TERMS, blocks), y.view(0, DOT_TERMS, blocks));
    return rest == 0 ? sum : sum + dot(x.view(done, rest, 1), y.view(done, rest, 1));
  }

  /** Σ x_ij·y_ij, each column summed by BLAS and the columns in double precision. */
  private double sumOfBlocks(Matrix x, Matrix y) {
    try (Scope scope = open()) {
      Matrix products = scope.matrix(x.rows(), x.columns());
      Matrix sums = scope.matrix(1, x.columns());
      multiply(x, y, products);
      gemm(Transpose.YES, Transpose.NO, 1, ones(x.rows()), products, 0, sums);
      return Arrays.stream(sums.toDoubles()).sum();
    }
  }

  @Override
  public void softmax(Matrix in, Matrix out) {
    requireSameShape("softmax", in, out);
    Nd4j.exec(new SoftMax(array(in), array(out), 0));
  }

  @Override
  public void gatherColumns(Matrix from, int[] columns, Matrix to) {
    if (from.rows() != to.rows() || columns.length != to.columns()) {
      throw new IllegalArgumentException(
          "gather of %d columns of %d rows into %d x %d"
              .formatted(columns.length, from.rows(), to.rows(), to.columns()));
    }
    Nd4j.pullRows(array(from), array(to), 0, columns);
  }

  @Override
  public void im2col(Window window, Matrix images, Matrix patches) {
    windows.im2col(window, own(images), own(patches));
  }

  @Override
  public void addCol2im(Window window, Matrix patches, Matrix images) {
    windows.addCol2im(window, own(patches), own(images));
  }

  @Override
  public void maxPool(Window window, Matrix images, Matrix largest, Matrix places) {
    windows.maxPool(window, own(images), own(largest), own(places));
  }

  @Override
  public void gatherEach(Matrix from, Matrix rows, Matrix to) {
    HostElements.gatherEach(own(from), own(rows), own(to));
  }

  @Override
  public void addScattered(Matrix from, Matrix rows, Matrix to) {
    HostElements.addScattered(own(from), own(rows), own(to));
  }

  @Override
  public void close() {
    pool.close();
  }

  static INDArray columnMajor(DataBuffer data, long offset, int rows, int columns) {
    return Nd4j.create(data, new long[] {rows, columns}, new long[] {1, rows}, offset, 'f');
  }

  private INDArray array(Matrix matrix) {
    return own(matrix).array();
  }

  private Nd4jMatrix own(Matrix matrix) {
    if (matrix instanceof Nd4jMatrix own && own.device() == this) {
      return own;
    }
    throw new IllegalArgumentException("a matrix of another device");
  }

  private static Level1 level1() {
    return Nd4j.getBlasWrapper().level1();
  }

  private static void requireSameShape(String operation, Matrix x, Matrix y) {
    if (x.rows() != y.rows() || x.columns() != y.columns()) {
      throw new IllegalArgumentException(
          "%s of %d x %d with %d x %d"
              .formatted(operation, x.rows(), x.columns(), y.rows(), y.columns()));
    }
  }

  private static void requireShape(String what, Matrix x, int rows, int columns) {
    if (x.rows() != rows || x.columns() != columns) {
      throw new IllegalArgumentException(
          "%s of %d x %d, expected %d x %d".formatted(what, x.rows(), x.columns(), rows, columns));
    }
  }
}
