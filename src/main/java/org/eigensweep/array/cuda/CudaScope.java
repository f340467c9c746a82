package org.eigensweep.array.cuda;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** A scope whose memory goes back to the device when it closes. */
final class CudaScope implements Scope {
  private final CudaDevice device;
  private final List<Long> owned = new ArrayList<>();
  private long bytes;
  private boolean open = true;

  CudaScope(CudaDevice device) {
    this.device = device;
  }

  CudaDevice device() {
    return device;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public Matrix matrix(int rows, int columns) {
    if (!open) {
      throw new IllegalStateException("a closed scope was asked for a matrix");
    }
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("no %d x %d matrix exists".formatted(rows, columns));
    }
    return new CudaMatrix(this, numbers((long) rows * columns), rows, columns);
  }

  /** Memory for as many numbers of the device's precision. */
  long numbers(long count) {
    return take(count * device.precision().bytes());
  }

  /** Memory for as many doubles, whatever the device's precision. */
  long doubles(long count) {
    return take(count * Double.BYTES);
  }

  private long take(long size) {
    long address = device.memory().take(size);
    owned.add(address);
    bytes += size;
    return address;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      bytes = 0;
      owned.forEach(device.memory()::giveBack);
      owned.clear();
    }
  }
}
