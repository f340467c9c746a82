package org.eigensweep.array;

import java.util.function.Consumer;
import org.eigensweep.array.onednn.Convolution;
import org.eigensweep.array.onednn.Elementwise;
import org.eigensweep.array.onednn.Function;
import org.eigensweep.array.onednn.Geometry;
import org.eigensweep.array.onednn.MatrixProduct;
import org.eigensweep.array.onednn.MatrixProduct.Factor;
import org.eigensweep.array.onednn.MatrixProduct.Form;
import org.eigensweep.array.onednn.OneDnn;
import org.eigensweep.array.onednn.Onto;
import org.eigensweep.array.onednn.Pooling;
import org.eigensweep.array.onednn.Transposition;
import org.eigensweep.array.onednn.Transposition.Matrices;

/** Kernels in single precision by oneDNN, and the host's where it has none or gains nothing. */
final class OneDnnKernels implements Kernels {
  private final HostKernels host;
  private final Spare<OneDnn> spare;

  /**
   * Kernels of a library that loads.
   *
   * @param host closed with this
   */
  OneDnnKernels(HostKernels host) {
    this.host = host;
    this.spare = new Spare<>(() -> OneDnn.open().orElseThrow(), OneDnn::close);
  }

  @Override
  public void multiplyEach(
      Products products, double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix z) {
    if (products.inner() == 1) { // there oneDNN takes twice as long
      host.multiplyEach(products, alpha, x, y, beta, z);
      return;
    }
    spare.use(
        dnn -> {
          MatrixProduct one = product(dnn, products);
          long left = address(x);
          long right = address(y);
          long out = address(z);
          for (int i = 0; i < products.count(); i++) {
            one.compute(
                (float) alpha,
                left + products.left().start(i) * Float.BYTES,
                right + products.right().start(i) * Float.BYTES,
                (float) products.beta(i, beta),
                out + products.out().start(i) * Float.BYTES);
          }
        });
  }

  private static MatrixProduct product(OneDnn dnn, Products products) {
    return new MatrixProduct(
        dnn,
        factor(products.a(), products.left()),
        factor(products.b(), products.right()),
        products.rows(),
        products.inner(),
        products.columns(),
        products.out().leading());
  }

  private static Factor factor(Transpose transpose, Blocks blocks) {
    Form form = transpose == Transpose.YES ? Form.TRANSPOSED : Form.PLAIN;
    return new Factor(form, blocks.leading());
  }

  @Override
  public void transposeEach(Blocks in, Blocks out) {
    if (in.down() > 1 || out.down() > 1) {
      host.transposeEach(in, out); // one step leads from block to block
      return;
    }
    Matrices from = matrices(in);
    Matrices to = matrices(out);
    long first = address(in.matrix()) + in.start(0) * Float.BYTES;
    long result = address(out.matrix()) + out.start(0) * Float.BYTES;
    spare.use(
        dnn -> new Transposition(dnn, in.rows(), in.columns(), from, to).compute(first, result));
  }

  private static Matrices matrices(Blocks blocks) {
    return new Matrices(blocks.count(), blocks.leading(), blocks.acrossStep());
  }

  @Override
  public void map(Unary f, Nd4jMatrix in, Nd4jMatrix out) {
    switch (f) {
      case TANH -> map(Function.TANH, in, out);
      case SIGMOID -> map(Function.LOGISTIC, in, out);
      case ELU -> map(Function.ELU, in, out);
      case RELU -> elementwise(numbers -> numbers.positive(in.size(), address(in), address(out)));
      case STEP -> elementwise(numbers -> numbers.step(in.size(), address(in), address(out)));
      case EXP, RSQRT, LOG1P, HARDTANH -> host.map(f, in, out); // or a NaN would be lost
    }
  }

  private void map(Function f, Nd4jMatrix in, Nd4jMatrix out) {
    elementwise(numbers -> numbers.map(f, in.size(), address(in), address(out)));
  }

  private void elementwise(Consumer<Elementwise> work) {
    spare.use(dnn -> work.accept(new Elementwise(dnn)));
  }

  @Override
  public void multiply(double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix out) {
    boolean usual = (alpha == 1 || alpha == -1) && (beta == 0 || beta == 1);
    boolean whole = y.rows() == x.rows();
    if (!usual || (!whole && y.columns() != x.columns())) {
      host.multiply(alpha, x, y, beta, out); // not another primitive for every number
      return;
    }
    long rows = whole ? y.size() : x.rows();
    long columns = x.size() / rows;
    float a = (float) alpha;
    float b = (float) beta;
    elementwise(
        numbers -> {
          if (whole) {
            numbers.multiplyByColumn(rows, columns, a, address(x), address(y), b, address(out));
          } else {
            numbers.multiplyByRow(rows, columns, a, address(x), address(y), b, address(out));
          }
        });
  }

  @Override
  public void softmax(Nd4jMatrix in, Nd4jMatrix out) {
    elementwise(numbers -> numbers.softmax(in.rows(), in.columns(), address(in), address(out)));
  }

  @Override
  public void convolve(
      Window window, Nd4jMatrix images, Blocks weights, double beta, Nd4jMatrix out) {
    Onto onto = onto(beta, out);
    int count = images.columns();
    spare.use(
        dnn -> {
          for (int i = 0; i < weights.count(); i++) {
            long filter = address(weights.block(i));
            long result = address(out.columns(i * count, count));
            new Convolution(dnn)
                .forward(
                    scan(window), count, weights.columns(), address(images), filter, onto, result);
          }
        });
  }

  @Override
  public void convolveBack(
      Window window, Nd4jMatrix upstream, Blocks weights, double beta, Nd4jMatrix images) {
    Onto onto = onto(beta, images);
    int count = upstream.columns();
    spare.use(
        dnn -> {
          for (int i = 0; i < weights.count(); i++) {
            long filter = address(weights.block(i));
            long result = address(images.columns(i * count, count));
            new Convolution(dnn)
                .backData(
                    scan(window),
                    count,
                    weights.columns(),
                    address(upstream),
                    filter,
                    onto,
                    result);
          }
        });
  }

  @Override
  public void addConvolveWeights(
      Window window, Nd4jMatrix images, Nd4jMatrix upstream, Blocks weights) {
    int count = Math.min(images.columns(), upstream.columns());
    spare.use(
        dnn -> {
          for (int i = 0; i < weights.count(); i++) {
            long seen = address(part(images, i, count));
            long given = address(part(upstream, i, count));
            new Convolution(dnn)
                .addBackWeights(
                    scan(window), count, weights.columns(), seen, given, address(weights.block(i)));
          }
        });
  }

  /** The i-th of several parts side by side, or all there is. */
  private static Matrix part(Nd4jMatrix matrix, int index, int columns) {
    return matrix.columns() > columns ? matrix.columns(index * columns, columns) : matrix;
  }

  @Override
  public void maxPool(Window window, Nd4jMatrix images, Nd4jMatrix largest, Nd4jMatrix places) {
    spare.use(
        dnn ->
            new Pooling(dnn)
                .largest(
                    scan(window),
                    images.columns(),
                    address(images),
                    address(largest),
                    address(places)));
  }

  @Override
  public void averagePool(Window window, Nd4jMatrix images, Nd4jMatrix means) {
    spare.use(
        dnn ->
            new Pooling(dnn)
                .mean(
                    scan(window), images.columns(), address(images), Onto.NOTHING, address(means)));
  }

  @Override
  public void averagePoolBack(Window window, Nd4jMatrix means, Nd4jMatrix images) {
    spare.use(
        dnn ->
            new Pooling(dnn)
                .backMean(
                    scan(window), means.columns(), address(means), Onto.NOTHING, address(images)));
  }

  /** oneDNN overwrites or adds. */
  private static Onto onto(double beta, Nd4jMatrix out) {
    if (beta != 0 && beta != 1) {
      VectorCalls.scale(beta, out);
    }
    return beta == 0 ? Onto.NOTHING : Onto.SUM;
  }

  private static Geometry scan(Window window) {
    return new Geometry(
        window.channels(),
        window.height(),
        window.width(),
        window.rows(),
        window.columns(),
        window.rowStep(),
        window.columnStep(),
        window.top(),
        window.left(),
        window.positionsDown(),
        window.positionsAcross());
  }

  private static long address(Matrix matrix) {
    Nd4jMatrix own = (Nd4jMatrix) matrix;
    return own.hostStorage().address() + own.offset() * Float.BYTES;
  }

  @Override
  public void close() {
    spare.close();
    host.close();
  }
}
