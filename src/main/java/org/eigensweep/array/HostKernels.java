package org.eigensweep.array;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.strict.ELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Kernels of both precisions: ND4J's functions, loops over arrays, and convolutions as products
 * with patches. In double precision they are what others are compared with.
 */
final class HostKernels implements Kernels {
  private final Device device;
  private final Spare<HostPasses> passes;

  /**
   * Kernels for matrices of a device.
   *
   * @param device computes products, and opens scopes of temporaries
   */
  HostKernels(Device device) {
    this.device = device;
    this.passes = new Spare<>(() -> new HostPasses(device.precision()), done -> {});
  }

  @Override
  public void multiplyEach(
      Products products, double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix z) {
    products.run(alpha, x, y, beta, z);
  }

  @Override
  public void transposeEach(Blocks in, Blocks out) {
    HostValues given = HostValues.of(device.precision(), in.rows() * in.columns());
    HostValues turned = HostValues.of(device.precision(), given.size());
    for (int i = 0; i < in.count(); i++) {
      ((Nd4jMatrix) in.block(i)).read(0, given, given.size());
      turned.transpose(given, in.rows(), in.columns());
      ((Nd4jMatrix) out.block(i)).write(0, turned, turned.size());
    }
  }

  @Override
  public void map(Unary f, Nd4jMatrix in, Nd4jMatrix out) {
    switch (f) {
      case RELU, HARDTANH, STEP, RSQRT -> passes.use(pieces -> pieces.map(f, in, out));
      case TANH, SIGMOID, EXP, LOG1P, ELU -> curve(f, in.array(), out.array());
    }
  }

  /** A million float32 numbers take one core 3.5 ms for EXP and SIGMOID, 7 for TANH, 8 for ELU. */
  private static void curve(Unary f, INDArray in, INDArray out) {
    OpExecutioner executioner = Nd4j.getExecutioner();
    switch (f) {
      case TANH -> executioner.exec(new Tanh(in, out));
      case SIGMOID -> executioner.exec(new Sigmoid(in, out));
      case EXP -> executioner.exec(new Exp(in, out));
      case LOG1P -> executioner.exec(new Log1p(in, out));
      case ELU -> executioner.exec(new ELU(in, out));
      case RELU, STEP, HARDTANH, RSQRT -> throw new IllegalArgumentException(f + " is a pass");
    }
  }

  @Override
  public void multiply(double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix out) {
    passes.use(pieces -> pieces.multiply(alpha, x, y, beta, out));
  }

  /** See {@link Device#fill}. */
  void fill(double value, Nd4jMatrix x) {
    passes.use(pieces -> pieces.fill(value, x));
  }

  /** See {@link Device#divideByRoots}. */
  void divideByRoots(double alpha, Nd4jMatrix x, Nd4jMatrix y, double epsilon, Nd4jMatrix out) {
    passes.use(pieces -> pieces.divideByRoots(alpha, x, y, epsilon, out));
  }

  @Override
  public void softmax(Nd4jMatrix in, Nd4jMatrix out) {
    Nd4j.exec(new SoftMax(in.array(), out.array(), 0));
  }

  @Override
  public void convolve(
      Window window, Nd4jMatrix images, Blocks weights, double beta, Nd4jMatrix out) {
    new HostConvolution(device, window).convolve(images, weights, beta, out);
  }

  @Override
  public void convolveBack(
      Window window, Nd4jMatrix upstream, Blocks weights, double beta, Nd4jMatrix images) {
    new HostConvolution(device, window).back(upstream, weights, beta, images);
  }

  @Override
  public void addConvolveWeights(
      Window window, Nd4jMatrix images, Nd4jMatrix upstream, Blocks weights) {
    new HostConvolution(device, window).addWeights(images, upstream, weights);
  }

  @Override
  public void maxPool(Window window, Nd4jMatrix images, Nd4jMatrix largest, Nd4jMatrix places) {
    HostImages.maxPool(window, images, largest, places);
  }

  @Override
  public void averagePool(Window window, Nd4jMatrix images, Nd4jMatrix means) {
    HostImages.averagePool(window, images, means);
  }

  @Override
  public void averagePoolBack(Window window, Nd4jMatrix means, Nd4jMatrix images) {
    HostImages.averagePoolBack(window, means, images);
  }

  @Override
  public void close() {
    passes.close();
  }
}
