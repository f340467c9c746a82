package org.eigensweep.spark.sliced;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.spark.task.DeviceChoice;
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
  private final DeviceChoice choice;
  private final transient Map<Integer, Slice> kept = new ConcurrentHashMap<>();

  /**
   * An empty store.
   *
   * @param n rows of all slices together
   * @param slices number of slices
   * @param precision format of the numbers
   * @param threads cores that one slice may keep busy
   * @param choice on what the executors compute
   */
  SliceStore(int n, int slices, Precision precision, int threads, DeviceChoice choice) {
    this.n = n;
    this.slices = slices;
    this.precision = precision;
    this.threads = threads;
    this.choice = choice;
  }

  /** A copy that arrives on an executor starts empty. */
  private Object readResolve() {
    return new SliceStore(n, slices, precision, threads, choice);
  }

  /** A slice, for the calling task. */
  Slice slice(int index) {
    Devices devices = TaskDevice.claim(choice);
    return kept.computeIfAbsent(
        index, i -> new Slice(i, RowRange.of(i, slices, n), devices.open(precision, threads)));
  }

  @Override
  public void close() {
    kept.values().forEach(Slice::close);
    kept.clear();
  }
}
