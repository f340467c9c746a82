package org.eigensweep.array.onednn;

import org.bytedeco.javacpp.Pointer;

/** Native memory for what lives as long as a call. It grows to the largest that was asked for. */
final class Workspace implements AutoCloseable {
  /** Of a cache line, and of the widest vectors. */
  private static final int ALIGNMENT = 64;

  private final RawAddress memory = new RawAddress();
  private long bytes;

  /** An aligned address with so many bytes behind it; what was there before is lost. */
  long address(long wanted) {
    if (wanted > bytes) {
      close();
      Pointer fresh = Pointer.malloc(wanted + ALIGNMENT);
      if (fresh == null || fresh.isNull()) {
        throw new OutOfMemoryError("no %d bytes of native memory for oneDNN".formatted(wanted));
      }
      memory.at(fresh.address());
      bytes = wanted;
    }
    return (memory.address() + ALIGNMENT - 1) & -ALIGNMENT;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    if (bytes > 0) {
      Pointer.free(memory);
      memory.at(0);
      bytes = 0;
    }
  }
}
