package org.eigensweep.array;

import java.util.ArrayList;
import java.util.List;

/** A scope whose storage comes from a pool and goes back there. */
final class Nd4jScope implements Scope {
  private final Nd4jDevice device;
  private final StoragePool pool;
  private final List<Storage> owned = new ArrayList<>();
  private boolean open = true;

  Nd4jScope(Nd4jDevice device, StoragePool pool) {
    this.device = device;
    this.pool = pool;
  }

  Nd4jDevice device() {
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
    Storage storage = pool.take(rows, columns);
    owned.add(storage);
    return new Nd4jMatrix(this, storage, 0, rows, columns);
  }

  @Override
  public long bytes() {
    return owned.stream().mapToLong(s -> s.array().length()).sum() * device.precision().bytes();
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      owned.forEach(pool::giveBack);
      owned.clear();
    }
  }
}
