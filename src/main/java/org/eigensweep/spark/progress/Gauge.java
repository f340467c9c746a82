package org.eigensweep.spark.progress;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Trial;

/** Shows how far a sweep is. Calls never overlap. */
public interface Gauge extends AutoCloseable {
  /** Takes the present state. */
  void show(SweepState state);

  /**
   * Told when a trial is finished.
   *
   * @param trial how it ended
   * @param state with this trial
   */
  void ended(TrialSummary trial, SweepState state);

  /**
   * Told when a trial failed.
   *
   * @param state without this trial
   */
  void failed(Trial trial, SweepState state);

  /** Shows the last state for good. */
  @Override
  void close();

  /** Opens gauges. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens one.
     *
     * @param console where it shows; left open
     */
    Gauge on(PrintStream console);
  }

  /** A bar where the console is a terminal, plain lines where it is a file or a pipe. */
  static Gauge on(PrintStream console) {
    if (isTerminal(console)) {
      // It says χ, which Java 17 would write in the locale's encoding.
      return new BarGauge(new PrintStream(console, true, StandardCharsets.UTF_8));
    }
    return new LineGauge(console, System::nanoTime);
  }

  @SuppressWarnings("SystemConsoleNull") // on a later Java the worst is a bar in a file
  private static boolean isTerminal(PrintStream console) {
    // Java 17 knows of a terminal only if standard input and output both are one.
    return System.console() != null
        && !"dumb".equals(System.getenv("TERM"))
        && (console.equals(System.out) || console.equals(System.err));
  }
}
