package org.eigensweep.array.process;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The native libraries' own threads, which are not used. A product of some megaflops does not gain
 * by a second thread, OpenMP's threads spin between calls and take the cores away from others, and
 * sums of several threads have other last digits. Devices run whole tasks side by side instead.
 */
public final class NativeThreads {
  private static boolean single;

  private NativeThreads() {}

  /** Makes calls of this thread run on this thread alone. */
  public static synchronized void single() {
    if (!single) {
      Nd4j.factory().blas().setMaxThreads(1); // one number a process
      single = true;
    }
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1); // of this thread
  }
}
