package org.eigensweep.spark.sliced;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eigensweep.array.Precision;
import org.eigensweep.spark.task.TaskDevice;

/**
 * The slices of one executor. The store is a broadcast value: Spark holds one copy on each
 * executor, and closes it (it is {@link AutoCloseable}) when the driver destroys the broadcast.
 */
final class SliceStore implements Serializable, AutoCloseable {
  private final int n;
  private final int slices;
  private final Precision precision;
  private final int threads;
  private final transient Map<Integer, Slice> kept = new ConcurrentHashMap<>();

  /**
   * An empty store.
   *
   * @param n rows of all slices together
   * @param slices number of slices
   * @param precision format of the numbers
   * @param threads cores that one slice may keep busy
   */
  SliceStore(int n, int slices, Precision precision, int threads) {
    this.n = n;
    this.slices = slices;
    this.precision = precision;
    this.threads = threads;
  }

  /** A copy that arrives on an executor starts empty. */
  private Object readResolve() {
    return new SliceStore(n, slices, precision, threads);
  }

  /** A slice, for the calling task. */
  Slice slice(int index) {
    TaskDevice.claim();
    return kept.computeIfAbsent(
        index, i -> new Slice(i, RowRange.of(i, slices, n), precision, threads));
  }

  @Override
  public void close() {
    kept.values().forEach(Slice::close);
    kept.clear();
  }
}
