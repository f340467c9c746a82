package org.eigensweep.array;

import java.util.OptionalLong;

/**
 * Where a process gets its devices: the one place that knows what computes, and by which library.
 */
public interface Devices {
  /**
   * Opens a device of this process.
   *
   * @param precision format of all its matrices
   * @param threads tasks that run at once, see {@link Device#inOrder}; results do not depend on it
   * @return owned by the caller, who closes it
   */
  Device open(Precision precision, int threads);

  /** How much the devices like to compute at a time. */
  WorkingSizes sizes();

  /** Bytes that all of them share; empty where they take the memory of the process. */
  OptionalLong memory();

  /** The processor, or the GPU to which ND4J's back end for CUDA has bound the calling thread. */
  static Devices processor() {
    return Nd4jDevices.INSTANCE;
  }
}
