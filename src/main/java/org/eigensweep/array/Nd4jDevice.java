package org.eigensweep.array;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.function.Function;
import org.eigensweep.array.onednn.OneDnn;
import org.eigensweep.array.process.CpuKernels;
import org.eigensweep.array.process.NativeThreads;
import org.nd4j.linalg.api.blas.Level3;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A processor as a device, with ND4J's memory and native libraries; or whatever ND4J's back end is,
 * of which it then takes the matrix products. Storage is pooled until the device closes. Every call
 * runs on the thread that makes it; several threads run tasks.
 */
final class Nd4jDevice implements Device {
  static {
    CpuKernels.choose();
  }

  /** A part of the third-level cache of a core, and roughly its second-level cache. */
  static final WorkingSizes SIZES = new WorkingSizes(16L << 20, 1L << 20);

  private final Precision precision;
  private final StoragePool pool;
  private final TaskThreads threads;
  private final HostKernels host;
  private final Kernels kernels;
  private final Scope constants;
  private Matrix ones;

  private Nd4jDevice(Precision precision, int threads, Function<HostKernels, Kernels> choice) {
    this.precision = precision;
    this.pool = new StoragePool(precision);
    this.threads = new TaskThreads(threads, NativeThreads::single);
    this.host = new HostKernels(this);
    this.kernels = choice.apply(host);
    this.constants = open();
  }

  /** See {@link Devices#open}. */
  static Nd4jDevice open(Precision precision, int threads) {
    boolean fast = precision == Precision.FLOAT32 && onProcessor() && OneDnn.isAvailable();
    return fast
        ? open(precision, threads, OneDnnKernels::new)
        : open(precision, threads, host -> host);
  }

  /** The same with kernels of choice. */
  static Nd4jDevice open(Precision precision, int threads, Function<HostKernels, Kernels> kernels) {
    NativeThreads.single();
    return new Nd4jDevice(precision, threads, kernels);
  }

  /** ND4J may have a back end for GPUs, whose arrays only its own operations find there. */
  private static boolean onProcessor() {
    return Nd4j.getEnvironment().isCPU();
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
  public WorkingSizes sizes() {
    return SIZES;
  }

  @Override
  public void inOrder(int count, OrderedTask task) {
    threads.inOrder(count, task);
  }

  /** A column of ones, with which a product sums columns or repeats one; not to be written. */
  private synchronized Blocks ones(int count) {
    if (ones == null || ones.rows() < count) { // views of a shorter one stay as they are
      ones = constants.matrix(count, 1);
      fill(1, ones);
    }
    return Blocks.shared(ones.view(0, count, 1));
  }

  @Override
  public void gemm(
      Transpose a, Transpose b, double alpha, Matrix left, Matrix right, double beta, Matrix out) {
    if (!onProcessor()) {
      Shapes.requireProducts(a, b, Blocks.shared(left), Blocks.shared(right), Blocks.shared(out));
      Level3 blas = Nd4j.getBlasWrapper().level3();
      blas.gemm(array(left), array(right), array(out), a == YES, b == YES, alpha, beta);
    } else if (LongProducts.isLong(a, b, left, out)) {
      LongProducts.run(this, a, b, alpha, left, right, beta, out);
    } else {
      gemmEach(a, b, alpha, Blocks.shared(left), Blocks.shared(right), beta, Blocks.shared(out));
    }
  }

  @Override
  public void gemmEach(
      Transpose a, Transpose b, double alpha, Blocks left, Blocks right, double beta, Blocks out) {
    Products products = Products.of(a, b, left, right, out);
    kernels.multiplyEach(
        products, alpha, own(left.matrix()), own(right.matrix()), beta, own(out.matrix()));
  }

  @Override
  public void transposeEach(Blocks in, Blocks out) {
    Shapes.requireTransposed(in, out);
    own(in.matrix());
    own(out.matrix());
    kernels.transposeEach(in, out);
  }

  @Override
  public void map(Unary f, Matrix in, Matrix out) {
    Shapes.requireSame("map", in, out);
    kernels.map(f, own(in), own(out));
  }

  @Override
  public void multiply(double alpha, Matrix x, Matrix y, double beta, Matrix out) {
    Shapes.requireSame("multiply", x, out);
    Shapes.requireFactors(x, y);
    kernels.multiply(alpha, own(x), own(y), beta, own(out));
  }

  @Override
  public void spreadEach(double alpha, Blocks x, double beta, Blocks out) {
    if (Shapes.isColumn(x, out)) {
      gemmEach(NO, YES, alpha, x, ones(out.columns()), beta, out);
    } else {
      gemmEach(NO, NO, alpha, ones(out.rows()), x, beta, out);
    }
  }

  @Override
  public void sumEach(double alpha, Blocks x, double beta, Blocks sums) {
    if (Shapes.isColumn(sums, x)) {
      gemmEach(NO, NO, alpha, x, ones(x.columns()), beta, sums);
    } else {
      gemmEach(YES, NO, alpha, ones(x.rows()), x, beta, sums);
    }
  }

  @Override
  public void sumProducts(double alpha, Matrix x, Matrix y, double beta, Matrix sums) {
    Shapes.requireSame("sumProducts", x, y);
    try (Scope scope = open()) {
      Matrix products = scope.matrix(x.rows(), x.columns());
      multiply(x, y, products);
      sumEach(alpha, Blocks.shared(products), beta, Blocks.shared(sums));
    }
  }

  @Override
  public void axpy(double alpha, Matrix x, Matrix y) {
    Shapes.requireSame("axpy", x, y);
    VectorCalls.axpy(alpha, own(x), own(y));
  }

  @Override
  public void scale(double alpha, Matrix x) {
    VectorCalls.scale(alpha, own(x));
  }

  @Override
  public void divideByRoots(double alpha, Matrix x, Matrix y, double epsilon, Matrix out) {
    Shapes.requireSame("divideByRoots", x, y);
    Shapes.requireSame("divideByRoots", x, out);
    host.divideByRoots(alpha, own(x), own(y), epsilon, own(out));
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    Shapes.requireAsMany(from, to);
    VectorCalls.copy(own(from), own(to));
  }

  @Override
  public void fill(double value, Matrix x) {
    if (value == 0) {
      VectorCalls.clear(own(x));
    } else {
      host.fill(value, own(x));
    }
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    Shapes.requireSame("dot", x, y);
    return VectorCalls.dot(own(x), 0, own(y), 0, Math.toIntExact(x.size()));
  }

  @Override
  public double[] dots(Matrix x, Matrix y) {
    Shapes.requireDots(x, y);
    Nd4jMatrix left = own(x);
    Nd4jMatrix right = own(y);
    double[] dots = new double[x.columns()];
    for (int j = 0; j < dots.length; j++) {
      long at = (long) j * x.rows();
      dots[j] = VectorCalls.dot(left, at, right, y.columns() == 1 ? 0 : at, x.rows());
    }
    return dots;
  }

  @Override
  public void softmax(Matrix in, Matrix out) {
    Shapes.requireSame("softmax", in, out);
    kernels.softmax(own(in), own(out));
  }

  @Override
  public void gatherColumns(Matrix from, int[] columns, Matrix to) {
    Shapes.requireChosenColumns(from, columns, to);
    VectorCalls.gatherColumns(own(from), columns, own(to));
  }

  @Override
  public void convolve(Window window, Matrix images, Blocks weights, double beta, Matrix out) {
    Shapes.requireConvolution(window, images, weights, out);
    Shapes.requireResults(images, weights, out);
    kernels.convolve(window, own(images), weights, beta, own(out));
  }

  @Override
  public void convolveBack(
      Window window, Matrix upstream, Blocks weights, double beta, Matrix images) {
    Shapes.requireConvolution(window, images, weights, upstream);
    Shapes.requireResults(upstream, weights, images);
    kernels.convolveBack(window, own(upstream), weights, beta, own(images));
  }

  @Override
  public void addConvolveWeights(Window window, Matrix images, Matrix upstream, Blocks weights) {
    Shapes.requireConvolution(window, images, weights, upstream);
    Shapes.requireParts(images, upstream, weights);
    kernels.addConvolveWeights(window, own(images), own(upstream), weights);
  }

  @Override
  public void maxPool(Window window, Matrix images, Matrix largest, Matrix places) {
    Shapes.requirePooling(window, images, largest);
    Shapes.require("places", places, largest.rows(), largest.columns());
    kernels.maxPool(window, own(images), own(largest), own(places));
  }

  @Override
  public void averagePool(Window window, Matrix images, Matrix means) {
    Shapes.requirePooling(window, images, means);
    kernels.averagePool(window, own(images), own(means));
  }

  @Override
  public void averagePoolBack(Window window, Matrix means, Matrix images) {
    Shapes.requirePooling(window, images, means);
    kernels.averagePoolBack(window, own(means), own(images));
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
    threads.close();
    kernels.close();
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
}
