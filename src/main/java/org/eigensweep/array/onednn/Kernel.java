package org.eigensweep.array.onednn;

/** Primitives that compute one thing for one shape. */
interface Kernel extends AutoCloseable {
  @Override
  void close();
}
