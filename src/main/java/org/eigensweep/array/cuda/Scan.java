package org.eigensweep.array.cuda;

import java.util.stream.LongStream;
import org.eigensweep.array.Window;

/** A window as the kernels that scan images take it. */
record Scan(Window window) {
  /** The parameters of the window, and some behind them. */
  long[] with(long... more) {
    LongStream own =
        LongStream.of(
            window.channels(),
            window.height(),
            window.width(),
            window.rows(),
            window.columns(),
            window.rowStep(),
            window.columnStep(),
            window.top(),
            window.left(),
            window.positionsDown(),
            window.positionsAcross());
    return LongStream.concat(own, LongStream.of(more)).toArray();
  }

  /** Whether the window sees one place after another, so that images are their own patches. */
  boolean seesPlaces() {
    return window.rows() == 1
        && window.columns() == 1
        && window.rowStep() == 1
        && window.columnStep() == 1
        && window.positions() == window.height() * window.width();
  }
}
