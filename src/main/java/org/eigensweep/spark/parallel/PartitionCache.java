package org.eigensweep.spark.parallel;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eigensweep.array.Precision;
import org.eigensweep.spark.task.TaskDevice;

/**
 * All that an executor has for the jobs of one objective. It is broadcast, and each executor's copy
 * collects the parts whose tasks came there; they stay for the next job.
 *
 * <p>Spark keeps one copy of a broadcast value an executor, and closes a value that can be closed
 * when it lets go of it: everywhere when the driver destroys the broadcast, and on one executor
 * when that runs short of storage, which costs as much as a lost executor and no more. So nothing
 * outlives the objective, wherever its tasks ran, and there is no static state.
 */
final class PartitionCache implements Serializable, AutoCloseable {
  /**
   * What a part is made with.
   *
   * @param loss makes the loss over a part
   * @param precision format of all arithmetic
   * @param threads cores that a task may keep busy
   */
  record Setup(LossFactory loss, Precision precision, int threads) implements Serializable {}

  private final Setup setup;
  private final transient Map<Integer, CachedPartition> cached = new ConcurrentHashMap<>();

  PartitionCache(Setup setup) {
    this.setup = setup;
  }

  /** A copy that arrives on an executor starts empty. */
  private Object readResolve() {
    return new PartitionCache(setup);
  }

  /** What is kept of a part, for the calling task. */
  CachedPartition partition(DataPartition partition) {
    TaskDevice.claim();
    return cached.computeIfAbsent(
        partition.index(), i -> new CachedPartition(setup, partition.examples()));
  }

  /** Waits for tasks that still run. */
  @Override
  public void close() {
    cached.values().forEach(CachedPartition::close);
    cached.clear();
  }
}
