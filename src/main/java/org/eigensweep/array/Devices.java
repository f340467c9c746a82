package org.eigensweep.array;

/** Where a process gets its devices: the one place that knows which library computes. */
public final class Devices {
  private Devices() {}

  /**
   * Opens a device of this process.
   *
   * @param precision format of all its matrices
   * @param threads tasks that run at once, see {@link Device#inOrder}; results do not depend on it
   * @return owned by the caller, who closes it
   */
  public static Device open(Precision precision, int threads) {
    return Nd4jDevice.open(precision, threads);
  }
}
