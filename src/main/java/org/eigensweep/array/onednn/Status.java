package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

/** What oneDNN's functions return. */
final class Status {
  private Status() {}

  /**
   * Passes success on.
   *
   * @param status what the function returned
   * @param what what it was asked for, for the message
   * @throws IllegalStateException if it failed
   */
  static void check(int status, String what) {
    if (status != dnnl_success) {
      throw new IllegalStateException("oneDNN refused %s: status %d".formatted(what, status));
    }
  }
}
