package org.eigensweep.array;

/** Where a process gets its devices: the one place that knows which library computes. */
public final class Devices {
  private Devices() {}

  /**
   * Opens a device of this process.
   *
   * @param precision format of all its matrices
   * @param threads threads a matrix product may use; the native library has one such number a
   *     process, the last one set, and the last digits of all products follow it: so give all
   *     devices of a process the same
   * @return owned by the caller, who closes it
   */
  public static Device open(Precision precision, int threads) {
    return Nd4jDevice.open(precision, threads);
  }
}
