package org.eigensweep.spark.parallel;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.spark.task.TaskDevice;

/**
 * What an executor caches for the jobs of one objective. The cache is a broadcast value; the copy
 * of an executor fills with the partitions whose tasks run there, and keeps them for the next job.
 *
 * <p>Spark holds one copy of a broadcast value on each executor, and closes an {@link
 * AutoCloseable} one when it drops it: everywhere when the driver destroys the broadcast, and on
 * one executor when that runs short of storage. The latter costs no more than a lost executor. So
 * nothing outlives the objective, and there is no static state.
 */
final class PartitionCache implements Serializable, AutoCloseable {
  /**
   * How to set up a partition.
   *
   * @param loss makes the loss over a partition
   * @param precision format of all arithmetic
   * @param threads cores that a task may keep busy
   * @param choice on what it computes
   */
  record Setup(LossFactory loss, Precision precision, int threads, DeviceChoice choice)
      implements Serializable {}

  private final Setup setup;
  private final transient Map<Integer, CachedPartition> cached = new ConcurrentHashMap<>();

  PartitionCache(Setup setup) {
    this.setup = setup;
  }

  /** A copy that arrives on an executor starts empty. */
  private Object readResolve() {
    return new PartitionCache(setup);
  }

  /** The cached form of a partition, for the calling task. */
  CachedPartition partition(DataPartition partition) {
    Devices devices = TaskDevice.claim(setup.choice());
    return cached.computeIfAbsent(
        partition.index(), i -> new CachedPartition(setup, devices, partition.examples()));
  }

  /** Waits for tasks that still run. */
  @Override
  public void close() {
    cached.values().forEach(CachedPartition::close);
    cached.clear();
  }
}
