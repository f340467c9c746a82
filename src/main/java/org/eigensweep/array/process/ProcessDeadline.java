package org.eigensweep.array.process;

import com.sun.jna.Function;

/**
 * An end of the process that nothing can put off. A process that ends waits for OpenBLAS, which
 * waits for its threads, and those may wait for the process.
 */
public final class ProcessDeadline {
  private ProcessDeadline() {}

  /**
   * Lets the system end the process after some seconds, whatever it does then. On systems without
   * POSIX's alarm nothing happens.
   */
  public static void in(int seconds) {
    try {
      Function.getFunction("c", "alarm").invokeInt(new Object[] {seconds});
    } catch (UnsatisfiedLinkError e) {
      // A process that is not hurried ends by itself, or hangs: both as without this.
    }
  }
}
