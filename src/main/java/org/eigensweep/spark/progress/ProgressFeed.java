package org.eigensweep.spark.progress;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.spark.SparkContext;

/**
 * The way by which running tasks tell the progress of a sweep how far they are. Executors of a
 * cluster tell with their heartbeats. Tasks of local mode run in the driver's process and tell it
 * at once: heartbeats come every ten seconds, and where they come more often the first one may find
 * a driver that has not started yet.
 */
public final class ProgressFeed implements AutoCloseable {
  /** The sweeps of this process whose tasks run in it. */
  private static final Set<Progress> LOCAL = new CopyOnWriteArraySet<>();

  private final Runnable end;

  private ProgressFeed(Runnable end) {
    this.end = end;
  }

  /** Lets the tasks of a context tell, until it is closed. */
  public static ProgressFeed open(SparkContext context, Progress progress) {
    if (context.isLocal()) {
      LOCAL.add(progress);
      return new ProgressFeed(() -> LOCAL.remove(progress));
    }
    ProgressListener listener = new ProgressListener(progress);
    context.addSparkListener(listener);
    return new ProgressFeed(() -> context.removeSparkListener(listener));
  }

  /** What an accumulator of a task has come to, for a driver in the task's process. */
  static void tell(long accumulator, Number value) {
    for (Progress progress : LOCAL) {
      progress.heard(accumulator, value);
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
