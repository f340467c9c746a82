package org.eigensweep.spark.sliced;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OrderedTask;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Transpose;
import org.eigensweep.array.Unary;
import org.eigensweep.array.Window;
import org.eigensweep.array.WorkingSizes;

/** Delegates every operation to a device in this process. */
class DriverDevice implements Device {
  private final Device local;

  /**
   * Delegates to a device.
   *
   * @param local closed with this
   */
  DriverDevice(Device local) {
    this.local = local;
  }

  @Override
  public Precision precision() {
    return local.precision();
  }

  @Override
  public Scope open() {
    return local.open();
  }

  @Override
  public long bytes() {
    return local.bytes();
  }

  @Override
  public WorkingSizes sizes() {
    return local.sizes();
  }

  @Override
  public void inOrder(int count, OrderedTask task) {
    local.inOrder(count, task);
  }

  @Override
  public void gemm(
      Transpose a, Transpose b, double alpha, Matrix left, Matrix right, double beta, Matrix out) {
    local.gemm(a, b, alpha, left, right, beta, out);
  }

  @Override
  public void gemmEach(
      Transpose a, Transpose b, double alpha, Blocks left, Blocks right, double beta, Blocks out) {
    local.gemmEach(a, b, alpha, left, right, beta, out);
  }

  @Override
  public void map(Unary f, Matrix in, Matrix out) {
    local.map(f, in, out);
  }

  @Override
  public void transposeEach(Blocks in, Blocks out) {
    local.transposeEach(in, out);
  }

  @Override
  public void multiply(double alpha, Matrix x, Matrix y, double beta, Matrix out) {
    local.multiply(alpha, x, y, beta, out);
  }

  @Override
  public void spreadEach(double alpha, Blocks x, double beta, Blocks out) {
    local.spreadEach(alpha, x, beta, out);
  }

  @Override
  public void sumEach(double alpha, Blocks x, double beta, Blocks sums) {
    local.sumEach(alpha, x, beta, sums);
  }

  @Override
  public void sumProducts(double alpha, Matrix x, Matrix y, double beta, Matrix sums) {
    local.sumProducts(alpha, x, y, beta, sums);
  }

  @Override
  public void axpy(double alpha, Matrix x, Matrix y) {
    local.axpy(alpha, x, y);
  }

  @Override
  public void scale(double alpha, Matrix x) {
    local.scale(alpha, x);
  }

  @Override
  public void divideByRoots(double alpha, Matrix x, Matrix y, double epsilon, Matrix out) {
    local.divideByRoots(alpha, x, y, epsilon, out);
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    local.copy(from, to);
  }

  @Override
  public void fill(double value, Matrix x) {
    local.fill(value, x);
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    return local.dot(x, y);
  }

  @Override
  public double[] dots(Matrix x, Matrix y) {
    return local.dots(x, y);
  }

  @Override
  public void softmax(Matrix in, Matrix out) {
    local.softmax(in, out);
  }

  @Override
  public void gatherColumns(Matrix from, int[] columns, Matrix to) {
    local.gatherColumns(from, columns, to);
  }

  @Override
  public void convolve(Window window, Matrix images, Blocks weights, double beta, Matrix out) {
    local.convolve(window, images, weights, beta, out);
  }

  @Override
  public void convolveBack(
      Window window, Matrix upstream, Blocks weights, double beta, Matrix images) {
    local.convolveBack(window, upstream, weights, beta, images);
  }

  @Override
  public void addConvolveWeights(Window window, Matrix images, Matrix upstream, Blocks weights) {
    local.addConvolveWeights(window, images, upstream, weights);
  }

  @Override
  public void maxPool(Window window, Matrix images, Matrix largest, Matrix places) {
    local.maxPool(window, images, largest, places);
  }

  @Override
  public void averagePool(Window window, Matrix images, Matrix means) {
    local.averagePool(window, images, means);
  }

  @Override
  public void averagePoolBack(Window window, Matrix means, Matrix images) {
    local.averagePoolBack(window, means, images);
  }

  @Override
  public void gatherEach(Matrix from, Matrix rows, Matrix to) {
    local.gatherEach(from, rows, to);
  }

  @Override
  public void addScattered(Matrix from, Matrix rows, Matrix to) {
    local.addScattered(from, rows, to);
  }

  @Override
  public void close() {
    local.close();
  }
}
