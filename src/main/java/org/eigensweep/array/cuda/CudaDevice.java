package org.eigensweep.array.cuda;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OrderedTask;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Shapes;
import org.eigensweep.array.Transpose;
import org.eigensweep.array.Unary;
import org.eigensweep.array.Window;
import org.eigensweep.array.WorkingSizes;

/**
 * An NVIDIA card as a device. What is asked is put on one stream, and the call returns; only copies
 * to ordinary memory and operations that return numbers wait. Several devices may share a card.
 */
public final class CudaDevice implements Device {
  /** Columns up to here have their softmax from one thread. */
  private static final int SHORT = 64;

  private final Precision precision;
  private final WorkingSizes sizes;
  private final CudaStream stream;
  private final CardMemory memory;
  private final Elements elements;
  private final Choices choices;
  private final Staging staging;
  private final BlasProducts blas;
  private final Sums sums;
  private final BatchProducts products;
  private boolean open = true;

  /** A device that closes the stream and the memory with itself. */
  CudaDevice(Precision precision, CudaStream stream, CardMemory memory) {
    this.precision = precision;
    this.sizes = sizes(stream.card());
    this.stream = stream;
    this.memory = memory;
    BadRows badRows = new BadRows(stream, memory);
    this.staging = new Staging(stream, memory, badRows);
    this.elements = new Elements(this);
    this.choices = new Choices(this, staging, badRows);
    this.blas = new BlasProducts(this);
    this.sums = new Sums(this);
    this.products = new BatchProducts(this, blas, sums);
  }

  /**
   * Opens a device on a card.
   *
   * @param precision format of all its matrices
   * @param ordinal number of the card, from 0, as the driver shows them
   * @return owned by the caller, who closes it
   * @throws CudaException if something is missing, with what was found and what is needed
   */
  public static CudaDevice open(Precision precision, int ordinal) {
    return Cuda.open(Cuda.toolkit(), CubinCache.ofUser(), precision, ordinal);
  }

  /**
   * A card works best on as much as fills it, and has room for a part of what it holds: each of
   * some trials keeps parameters, data and blocks of vectors there too.
   */
  static WorkingSizes sizes(Card card) {
    long chunk = Math.max(64L << 20, Math.min(1L << 30, card.bytes() / 32));
    return new WorkingSizes(chunk, chunk / 4);
  }

  CudaStream stream() {
    return stream;
  }

  CardMemory memory() {
    return memory;
  }

  Staging staging() {
    return staging;
  }

  /** Where a matrix of this device begins. */
  long address(Matrix matrix) {
    if (matrix instanceof CudaMatrix own && own.device() == this) {
      return own.address();
    }
    throw new IllegalArgumentException("a matrix of another device");
  }

  /** Where the first of some blocks begins. */
  long address(Blocks blocks) {
    return address(blocks.matrix()) + blocks.offset() * precision.bytes();
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public CudaScope open() {
    return new CudaScope(this);
  }

  @Override
  public long bytes() {
    return memory.bytes();
  }

  @Override
  public WorkingSizes sizes() {
    return sizes;
  }

  /** In turn: the card's own threads are what works at once. */
  @Override
  public void inOrder(int count, OrderedTask task) {
    for (int i = 0; i < count; i++) {
      task.run(i, () -> {});
    }
  }

  @Override
  public void gemm(
      Transpose a, Transpose b, double alpha, Matrix left, Matrix right, double beta, Matrix out) {
    gemmEach(a, b, alpha, Blocks.shared(left), Blocks.shared(right), beta, Blocks.shared(out));
  }

  @Override
  public void gemmEach(
      Transpose a, Transpose b, double alpha, Blocks left, Blocks right, double beta, Blocks out) {
    Shapes.requireProducts(a, b, left, right, out);
    products.run(a, b, alpha, left, right, beta, out);
  }

  @Override
  public void transposeEach(Blocks in, Blocks out) {
    Shapes.requireTransposed(in, out);
    elements.transpose(in, out);
  }

  @Override
  public void map(Unary f, Matrix in, Matrix out) {
    Shapes.requireSame("map", in, out);
    elements.map(f, in, out);
  }

  @Override
  public void multiply(double alpha, Matrix x, Matrix y, double beta, Matrix out) {
    Shapes.requireSame("multiply", x, out);
    Shapes.requireFactors(x, y);
    elements.multiply(alpha, x, y, beta, out);
  }

  @Override
  public void spreadEach(double alpha, Blocks x, double beta, Blocks out) {
    boolean column = Shapes.isColumn(x, out);
    Shapes.requireServing(x, out);
    elements.spread(alpha, x, beta, out, column);
  }

  @Override
  public void sumEach(double alpha, Blocks x, double beta, Blocks totals) {
    boolean column = Shapes.isColumn(totals, x);
    Shapes.requireServing(totals, x);
    sums.each(alpha, x, beta, totals, column);
  }

  @Override
  public void sumProducts(double alpha, Matrix x, Matrix y, double beta, Matrix totals) {
    Shapes.requireSame("sumProducts", x, y);
    Blocks to = Blocks.shared(totals);
    sums.products(alpha, x, y, beta, to, Shapes.isColumn(to, Blocks.shared(x)));
  }

  @Override
  public void axpy(double alpha, Matrix x, Matrix y) {
    Shapes.requireSame("axpy", x, y);
    elements.axpy(alpha, x, y);
  }

  @Override
  public void scale(double alpha, Matrix x) {
    elements.scale(alpha, x);
  }

  @Override
  public void divideByRoots(double alpha, Matrix x, Matrix y, double epsilon, Matrix out) {
    Shapes.requireSame("divideByRoots", x, y);
    Shapes.requireSame("divideByRoots", x, out);
    elements.divideByRoots(alpha, x, y, epsilon, out);
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    Shapes.requireAsMany(from, to);
    stream.copy(address(from), address(to), from.size() * precision.bytes());
  }

  @Override
  public void fill(double value, Matrix x) {
    elements.fill(value, x);
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    Shapes.requireSame("dot", x, y);
    return sums.dots(address(x), x.size(), address(y), 0, 1)[0];
  }

  @Override
  public double[] dots(Matrix x, Matrix y) {
    Shapes.requireDots(x, y);
    long step = y.columns() == 1 ? 0 : x.rows();
    return sums.dots(address(x), x.rows(), address(y), step, x.columns());
  }

  @Override
  public void softmax(Matrix in, Matrix out) {
    Shapes.requireSame("softmax", in, out);
    long columns = in.columns();
    if (in.rows() <= SHORT) {
      stream.each("softmax_short", columns, in.rows(), columns, address(in), address(out));
    } else {
      stream.blocks("softmax_long", columns, in.rows(), columns, address(in), address(out));
    }
  }

  @Override
  public void gatherColumns(Matrix from, int[] columns, Matrix to) {
    Shapes.requireChosenColumns(from, columns, to);
    choices.columns(from, columns, to);
  }

  @Override
  public void convolve(Window window, Matrix images, Blocks weights, double beta, Matrix out) {
    Shapes.requireConvolution(window, images, weights, out);
    Shapes.requireResults(images, weights, out);
    new Convolution(this, blas, window, weights).forward(images, beta, out);
  }

  @Override
  public void convolveBack(
      Window window, Matrix upstream, Blocks weights, double beta, Matrix images) {
    Shapes.requireConvolution(window, images, weights, upstream);
    Shapes.requireResults(upstream, weights, images);
    new Convolution(this, blas, window, weights).back(upstream, beta, images);
  }

  @Override
  public void addConvolveWeights(Window window, Matrix images, Matrix upstream, Blocks weights) {
    Shapes.requireConvolution(window, images, weights, upstream);
    Shapes.requireParts(images, upstream, weights);
    new Convolution(this, blas, window, weights).addWeights(images, upstream);
  }

  @Override
  public void maxPool(Window window, Matrix images, Matrix largest, Matrix places) {
    Shapes.requirePooling(window, images, largest);
    Shapes.require("places", places, largest.rows(), largest.columns());
    scan("max_pool", window, largest.size(), images, largest, places);
  }

  @Override
  public void averagePool(Window window, Matrix images, Matrix means) {
    Shapes.requirePooling(window, images, means);
    scan("average_pool", window, means.size(), images, means);
  }

  @Override
  public void averagePoolBack(Window window, Matrix means, Matrix images) {
    Shapes.requirePooling(window, images, means);
    scan("average_pool_back", window, images.size(), means, images);
  }

  private void scan(String kernel, Window window, long n, Matrix... operands) {
    long[] given = new long[1 + operands.length];
    given[0] = n;
    for (int i = 0; i < operands.length; i++) {
      given[1 + i] = address(operands[i]);
    }
    stream.each(kernel, n, new Scan(window).with(given));
  }

  @Override
  public void gatherEach(Matrix from, Matrix rows, Matrix to) {
    Shapes.requireChosen(from, rows, to);
    choices.gather(from, rows, to);
  }

  @Override
  public void addScattered(Matrix from, Matrix rows, Matrix to) {
    Shapes.requireChosen(to, rows, from);
    choices.scatter(from, rows, to);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      stream.settle();
      blas.close();
      memory.close();
      stream.close();
    }
  }
}
