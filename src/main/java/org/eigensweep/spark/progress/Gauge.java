package org.eigensweep.spark.progress;

import java.io.PrintStream;

/** Shows how far a sweep is. Calls never overlap. */
public interface Gauge extends AutoCloseable {
  /**
   * Takes the present state.
   *
   * @param made steps made
   * @param expected steps expected in all, which may change
   */
  void show(long made, long expected);

  /** Shows the last state for good. */
  @Override
  void close();

  /** A bar where the console is a terminal, plain lines where it is a file or a pipe. */
  static Gauge on(PrintStream console, String name) {
    return isTerminal(console)
        ? new BarGauge(console, name)
        : new LineGauge(console, System::nanoTime);
  }

  @SuppressWarnings("SystemConsoleNull") // on a later Java the worst is a bar in a file
  private static boolean isTerminal(PrintStream console) {
    // Java 17 knows of a terminal only if standard input and output both are one.
    return System.console() != null
        && !"dumb".equals(System.getenv("TERM"))
        && (console.equals(System.out) || console.equals(System.err));
  }
}
