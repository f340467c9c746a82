package org.eigensweep.array;

/** Where a process gets its devices: the one place that knows which library computes. */
public final class Devices {
  /** A part of the third-level cache of a core, and roughly its second-level cache. */
  private static final WorkingSizes SIZES = new WorkingSizes(16L << 20, 1L << 20);

  private Devices() {}

  /** How much the devices of this process like to compute at a time. */
  public static WorkingSizes sizes() {
    return SIZES;
  }

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
