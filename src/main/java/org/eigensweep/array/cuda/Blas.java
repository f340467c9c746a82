package org.eigensweep.array.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The functions of cuBLAS that are used, under their own names; see {@link Driver}. */
final class Blas {
  private Blas() {}

  static void bind(NativeLibrary library) {
    Native.register(Blas.class, library);
  }

  static native int cublasCreate_v2(long[] handle);

  static native int cublasDestroy_v2(long handle);

  static native int cublasSetStream_v2(long handle, long stream);

  static native int cublasSetMathMode(long handle, int mode);

  static native int cublasSetWorkspace_v2(long handle, long workspace, long bytes);

  static native int cublasSgemmStridedBatched(
      long handle,
      int a,
      int b,
      int m,
      int n,
      int k,
      long alpha,
      long x,
      int lda,
      long stepA,
      long y,
      int ldb,
      long stepB,
      long beta,
      long z,
      int ldc,
      long stepC,
      int count);

  static native int cublasDgemmStridedBatched(
      long handle,
      int a,
      int b,
      int m,
      int n,
      int k,
      long alpha,
      long x,
      int lda,
      long stepA,
      long y,
      int ldb,
      long stepB,
      long beta,
      long z,
      int ldc,
      long stepC,
      int count);

  static native int cublasSgemm_v2(
      long handle,
      int a,
      int b,
      int m,
      int n,
      int k,
      long alpha,
      long x,
      int lda,
      long y,
      int ldb,
      long beta,
      long z,
      int ldc);

  static native int cublasDgemm_v2(
      long handle,
      int a,
      int b,
      int m,
      int n,
      int k,
      long alpha,
      long x,
      int lda,
      long y,
      int ldb,
      long beta,
      long z,
      int ldc);

  static native int cublasSgemmBatched(
      long handle,
      int a,
      int b,
      int m,
      int n,
      int k,
      long alpha,
      long xs,
      int lda,
      long ys,
      int ldb,
      long beta,
      long zs,
      int ldc,
      int count);

  static native int cublasDgemmBatched(
      long handle,
      int a,
      int b,
      int m,
      int n,
      int k,
      long alpha,
      long xs,
      int lda,
      long ys,
      int ldb,
      long beta,
      long zs,
      int ldc,
      int count);

  /** Refuses a status other than 0. */
  static void check(int status, String what) {
    if (status != 0) {
      throw new CudaException("%s failed: cuBLAS status %d".formatted(what, status));
    }
  }
}
