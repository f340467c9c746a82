package org.eigensweep.array.cuda;

/**
 * A card that the driver shows.
 *
 * @param ordinal its number, from 0
 * @param name its model
 * @param major major number of its compute capability
 * @param minor minor number of its compute capability
 * @param bytes memory
 */
public record Card(int ordinal, String name, int major, int minor, long bytes) {
  /** Turing: the oldest that today's CUDA compiles for. */
  private static final int OLDEST = 75;

  /** Whether its compute capability is one for which kernels are compiled. */
  public boolean isServed() {
    return 10 * major + minor >= OLDEST;
  }

  /** The machine code that it runs, as compilers name it. */
  String architecture() {
    return "sm_%d%d".formatted(major, minor);
  }

  /** Refuses a card that is too old. */
  void requireServed() {
    if (!isServed()) {
      throw new CudaException(
          "card %d (%s) has compute capability %d.%d, needed is 7.5 or above"
              .formatted(ordinal, name, major, minor));
    }
  }

  @Override
  public String toString() {
    return "card %d (%s, compute capability %d.%d, %.1f GiB)"
        .formatted(ordinal, name, major, minor, bytes / 0x1p30);
  }
}
