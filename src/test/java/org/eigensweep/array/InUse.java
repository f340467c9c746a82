package org.eigensweep.array;

/** What is held on a device, for tests that look for scopes left open. */
public final class InUse {
  private InUse() {}

  /** Bytes of all matrices whose scopes are open. */
  public static long bytes(Device device) {
    return ((Nd4jDevice) device).bytesInUse();
  }
}
