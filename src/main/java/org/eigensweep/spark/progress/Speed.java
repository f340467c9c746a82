package org.eigensweep.spark.progress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Steps a second over the last half minute. */
final class Speed {
  private static final long WINDOW = TimeUnit.SECONDS.toNanos(30);

  /** Steps may follow each other within microseconds; no more samples than these are kept. */
  private static final long APART = TimeUnit.MILLISECONDS.toNanos(200);

  private record Sample(long time, long made) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Takes a number of steps made by a time in nanoseconds. */
  void at(long time, long made) {
    if (!samples.isEmpty() && made < samples.getLast().made()) {
      samples.clear(); // a part was lost or dropped: what it had made counts no more
    }
    Sample latest = samples.pollLast();
    if (latest != null
        && (samples.isEmpty() || latest.time() - samples.getLast().time() >= APART)) {
      samples.add(latest);
    }
    samples.add(new Sample(time, made));
    while (samples.size() > 2 && time - samples.getFirst().time() > WINDOW) {
      samples.removeFirst();
    }
  }

  /** NaN before a step was made. */
  double perSecond() {
    if (samples.isEmpty()) {
      return Double.NaN;
    }
    long steps = samples.getLast().made() - samples.getFirst().made();
    double seconds = (samples.getLast().time() - samples.getFirst().time()) / 1e9;
    return steps > 0 && seconds > 0 ? steps / seconds : Double.NaN;
  }
}
