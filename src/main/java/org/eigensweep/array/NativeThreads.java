package org.eigensweep.array;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The number of threads of a matrix product, of which the native library has one a process. It sets
 * the last digits of products: with another number the library adds up in another order.
 */
final class NativeThreads {
  private static int inForce;

  private NativeThreads() {}

  /** Gives products so many threads; where they have them, the library is left alone. */
  static synchronized void use(int threads) {
    if (threads != inForce) {
      Nd4j.factory().blas().setMaxThreads(threads);
      inForce = threads;
    }
    // Products take the threads. OpenMP, which runs the element-wise kernels, keeps its threads
    // spinning between calls, and those take the cores away from BLAS: on two cores a block of ten
    // Hessian products took 2.1 times as long with two OpenMP threads as with one. This number is
    // the calling thread's own.
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }
}
