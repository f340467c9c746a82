package org.eigensweep.cluster;

import java.io.Serializable;
import java.time.Duration;
import org.apache.spark.api.java.function.Function;
import org.eigensweep.spark.task.GpuAssignment;

/**
 * A task that keeps its GPU for a while. Executors load it, so it must not need what tests need.
 */
final class GpuHolder implements Function<Integer, GpuHolder.Held> {
  /** Many times what Spark takes to start a task that may start. */
  private static final Duration WHILE = Duration.ofSeconds(2);

  /**
   * A GPU and when a task had it.
   *
   * @param from milliseconds
   * @param to milliseconds
   */
  record Held(int gpu, long from, long to) implements Serializable {
    boolean meets(Held other) {
      return from < other.to && other.from < to;
    }
  }

  @Override
  public Held call(Integer ignored) throws InterruptedException {
    long from = System.currentTimeMillis();
    int gpu = GpuAssignment.ofTask().gpu().orElseThrow();
    Thread.sleep(WHILE.toMillis());
    return new Held(gpu, from, System.currentTimeMillis());
  }
}
