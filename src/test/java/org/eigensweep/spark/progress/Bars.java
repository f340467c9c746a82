package org.eigensweep.spark.progress;

import java.io.PrintStream;

/** Bars on terminals of a width, for tests of whole sweeps. */
public final class Bars {
  private Bars() {}

  public static Gauge.Opener of(int width) {
    return (PrintStream console) -> new BarGauge(console, width);
  }
}
