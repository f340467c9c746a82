package org.eigensweep.spark.progress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Trial;

/**
 * Plain lines without control characters, for files and pipes: one now and then, and one when a
 * trial is done.
 */
final class LineGauge implements Gauge {
  private static final long SHORTEST_INTERVAL = TimeUnit.SECONDS.toNanos(10);
  private static final long LONGEST_INTERVAL = TimeUnit.MINUTES.toNanos(5);

  /**
   * After an hour a line every ten seconds is no news: each comes a tenth later than all before.
   */
  private static final int SHARE = 10;

  /** More parts than a reader follows are left out. */
  private static final int MOST_PARTS = 4;

  private final PrintStream console;
  private final LongSupplier nanoTime;
  private final long start;
  private long printedAt;
  private String printed = "";
  private SweepState state;

  LineGauge(PrintStream console, LongSupplier nanoTime) {
    this.console = console;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
    printedAt = start;
  }

  @Override
  public void show(SweepState state) {
    this.state = state;
    long interval = (printedAt - start) / SHARE;
    long bounded = Math.min(Math.max(interval, SHORTEST_INTERVAL), LONGEST_INTERVAL);
    if (nanoTime.getAsLong() - printedAt >= bounded) {
      print();
    }
  }

  @Override
  public void ended(TrialSummary trial, SweepState state) {
    this.state = state;
    console.println(
        "%s %s (%d of %d trials)"
            .formatted(trial.trial().id(), end(trial), state.done(), state.trials()));
  }

  private static String end(TrialSummary trial) {
    if (trial.status() == Status.DIVERGED) {
      return "diverged at step " + trial.divergedStep();
    }
    String switched = trial.status() == Status.NOT_SWITCHED ? ", without a switch" : "";
    return "is done%s: loss %s at step %d"
        .formatted(switched, Words.few(trial.finalTrainLoss()), trial.finalStep());
  }

  @Override
  public void failed(Trial trial, SweepState state) {
    this.state = state;
    console.println(trial.id() + " failed");
  }

  @Override
  public void close() {
    if (state != null) {
      print();
    }
  }

  private void print() {
    printedAt = nanoTime.getAsLong();
    String steps =
        "%d of %d steps (%d %%)".formatted(state.made(), state.expected(), state.percent());
    if (!steps.equals(printed)) {
      double seconds = (printedAt - start) / 1e9;
      console.println(
          String.format(Locale.ROOT, "%s after %.0f s", steps, seconds) + speed() + running());
      printed = steps;
    }
  }

  private String speed() {
    String speed =
        Double.isNaN(state.speed()) ? "" : ", %s steps/s".formatted(Words.few(state.speed()));
    return speed + (state.goesOn() ? ", %s left".formatted(Words.time(state.left())) : "");
  }

  private String running() {
    return state.running().stream()
        .filter(part -> !Double.isNaN(part.loss()))
        .limit(MOST_PARTS)
        .map(LineGauge::line)
        .collect(Collectors.joining());
  }

  private static String line(SweepState.RunningPart part) {
    String chi =
        Double.isNaN(part.alignment())
            ? ""
            : ", χ_%d %s".formatted(part.rank(), Words.share(part.alignment()));
    return "; %s: loss %s%s".formatted(part.name(), Words.few(part.loss()), chi);
  }
}
