package org.eigensweep.spark.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar that is redrawn in place. */
final class BarGauge implements Gauge {
  private static final int REDRAW_MILLISECONDS = 250;

  private final ProgressBar bar;

  BarGauge(PrintStream console, String name) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(" steps", 1)
            .showSpeed()
            .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
            .setConsumer(new ConsoleProgressBarConsumer(console))
            .build();
  }

  @Override
  public void show(long made, long expected) {
    bar.maxHint(expected);
    bar.stepTo(made);
  }

  @Override
  public void close() {
    bar.close();
  }
}
