package org.eigensweep.spark.sliced;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Transpose;
import org.eigensweep.array.Unary;
import org.eigensweep.array.Window;

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
  public Matrix ones(int count) {
    return local.ones(count);
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
  public void multiply(Matrix x, Matrix y, Matrix out) {
    local.multiply(x, y, out);
  }

  @Override
  public void scaleColumns(Matrix x, Matrix factors, Matrix out) {
    local.scaleColumns(x, factors, out);
  }

  @Override
  public void scaleRows(Matrix x, Matrix factors, Matrix out) {
    local.scaleRows(x, factors, out);
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
  public void addSquares(double alpha, Matrix x, double beta, Matrix y) {
    local.addSquares(alpha, x, beta, y);
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
  public void softmax(Matrix in, Matrix out) {
    local.softmax(in, out);
  }

  @Override
  public void gatherColumns(Matrix from, int[] columns, Matrix to) {
    local.gatherColumns(from, columns, to);
  }

  @Override
  public void im2col(Window window, Matrix images, Matrix patches) {
    local.im2col(window, images, patches);
  }

  @Override
  public void addCol2im(Window window, Matrix patches, Matrix images) {
    local.addCol2im(window, patches, images);
  }

  @Override
  public void maxPool(Window window, Matrix images, Matrix largest, Matrix places) {
    local.maxPool(window, images, largest, places);
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
