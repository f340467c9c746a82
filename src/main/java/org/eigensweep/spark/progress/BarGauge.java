package org.eigensweep.spark.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Trial;

/** A line with a bar that is redrawn in place. */
final class BarGauge implements Gauge {
  private static final int REDRAW_MILLISECONDS = 250;

  private final ProgressBar bar;
  private volatile SweepState state;

  /** As wide as the terminal. */
  BarGauge(PrintStream console) {
    this(new ConsoleProgressBarConsumer(console));
  }

  /** Of a width in characters. */
  BarGauge(PrintStream console, int width) {
    this(new ConsoleProgressBarConsumer(console, width));
  }

  private BarGauge(ConsoleProgressBarConsumer console) {
    bar =
        new ProgressBarBuilder()
            .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
            .setRenderer((ignored, width) -> state == null ? "" : BarLine.of(state, width))
            .setConsumer(console)
            .build();
  }

  @Override
  public void show(SweepState state) {
    this.state = state;
    bar.stepTo(state.made());
  }

  @Override
  public void ended(TrialSummary trial, SweepState state) {
    show(state);
  }

  @Override
  public void failed(Trial trial, SweepState state) {
    show(state);
  }

  @Override
  public void close() {
    bar.close();
  }
}
