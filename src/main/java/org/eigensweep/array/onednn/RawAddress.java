package org.eigensweep.array.onednn;

import org.bytedeco.javacpp.Pointer;

/**
 * A pointer that is moved from address to address, so that a call makes none. Its position stays 0:
 * JavaCPP counts that of a plain pointer in bytes, whatever lies there.
 */
final class RawAddress extends Pointer {
  RawAddress at(long bytes) {
    address = bytes;
    return this;
  }
}
