package org.eigensweep.spark.reading;

/** How long is waited for a file that a running sweep is moving into place. */
final class Patience {
  private static final int TIMES = 5;
  private static final long MILLIS = 100;

  private int waited;

  /** Waits a moment; false, at once, if that was done often enough. */
  boolean waits() {
    if (waited == TIMES) {
      return false;
    }
    waited++;
    try {
      Thread.sleep(MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
