package org.eigensweep.spark.progress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A plain line now and then, without control characters: for files and pipes. */
final class LineGauge implements Gauge {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

  private final PrintStream console;
  private final LongSupplier nanoTime;
  private final long start;
  private long printedAt;
  private String printed = "";
  private long made;
  private long expected;

  LineGauge(PrintStream console, LongSupplier nanoTime) {
    this.console = console;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
    printedAt = start;
  }

  @Override
  public void show(long made, long expected) {
    this.made = made;
    this.expected = expected;
    if (nanoTime.getAsLong() - printedAt >= INTERVAL) {
      print();
    }
  }

  @Override
  public void close() {
    print();
  }

  private void print() {
    printedAt = nanoTime.getAsLong();
    String state =
        "%d of %d steps (%d %%)"
            .formatted(made, expected, expected > 0 ? 100 * made / expected : 100);
    if (!state.equals(printed)) {
      double seconds = (printedAt - start) / 1e9;
      console.println(String.format(Locale.ROOT, "%s after %.0f s", state, seconds));
      printed = state;
    }
  }
}
