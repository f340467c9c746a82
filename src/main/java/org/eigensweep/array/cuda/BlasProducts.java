package org.eigensweep.array.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Transpose;
import org.eigensweep.array.cuda.Batch.Operand;

/**
 * Matrix products by cuBLAS, in the precision of their operands: never in the shorter one that is
 * called TF32. A workspace of its own lets cuBLAS add in the same order every time, whatever other
 * streams are busy with. The two precisions are two functions each, so they are called twice.
 */
final class BlasProducts implements AutoCloseable {
  private static final int DEFAULT_MATH = 0;

  /** As cuBLAS recommends for its newer and its older cards. */
  private static final long WORKSPACE = 32L << 20;

  private static final long SMALL_WORKSPACE = 4L << 20;

  /** Limit of one side of a launch. */
  private static final int MOST_TOGETHER = Math.min(65_535, Staging.most(3 * Long.BYTES));

  private final CudaDevice device;
  private final boolean single;
  private final long handle;
  private final Memory factors = new Memory(2 * Double.BYTES);
  private final ByteBuffer numbers = factors.getByteBuffer(0, factors.size());
  private final long alphaAt = Pointer.nativeValue(factors);
  private final long betaAt = alphaAt + Double.BYTES;

  BlasProducts(CudaDevice device) {
    this.device = device;
    this.single = device.precision() == Precision.FLOAT32;
    long bytes = device.stream().card().major() >= 9 ? WORKSPACE : SMALL_WORKSPACE;
    long workspace = device.memory().apart(bytes);
    long[] made = new long[1];
    Blas.check(Blas.cublasCreate_v2(made), "opening cuBLAS on " + device.stream().card());
    this.handle = made[0];
    Blas.check(Blas.cublasSetStream_v2(handle, device.stream().handle()), "the stream of cuBLAS");
    Blas.check(Blas.cublasSetWorkspace_v2(handle, workspace, bytes), "the workspace of cuBLAS");
    Blas.check(Blas.cublasSetMathMode(handle, DEFAULT_MATH), "the precision of cuBLAS");
  }

  /** C_i ← α·op(A_i)·op(B_i) + β·C_i. */
  void run(double alpha, Batch batch, double beta) {
    device.stream().handle(); // cuBLAS works where the calling thread is
    if (single) {
      numbers.putFloat(0, (float) alpha);
      numbers.putFloat(Double.BYTES, (float) beta);
    } else {
      numbers.putDouble(0, alpha);
      numbers.putDouble(Double.BYTES, beta);
    }
    for (int from = 0; from < batch.count(); from += MOST_TOGETHER) {
      Batch some = batch.part(from, Math.min(MOST_TOGETHER, batch.count() - from));
      int status = some.count() == 1 ? one(some) : some.isEven() ? even(some) : listed(some);
      Blas.check(status, "a product of matrices");
    }
  }

  private int one(Batch p) {
    long x = at(p.left(), 0);
    long y = at(p.right(), 0);
    long z = at(p.out(), 0);
    int a = code(p.a());
    int b = code(p.b());
    int lda = p.left().leading();
    int ldb = p.right().leading();
    int ldc = p.out().leading();
    return single
        ? Blas.cublasSgemm_v2(
            handle, a, b, p.rows(), p.columns(), p.inner(), alphaAt, x, lda, y, ldb, betaAt, z, ldc)
        : Blas.cublasDgemm_v2(
            handle,
            a,
            b,
            p.rows(),
            p.columns(),
            p.inner(),
            alphaAt,
            x,
            lda,
            y,
            ldb,
            betaAt,
            z,
            ldc);
  }

  private int even(Batch p) {
    long x = at(p.left(), 0);
    long y = at(p.right(), 0);
    long z = at(p.out(), 0);
    int a = code(p.a());
    int b = code(p.b());
    int lda = p.left().leading();
    int ldb = p.right().leading();
    int ldc = p.out().leading();
    long stepA = p.left().layout().step();
    long stepB = p.right().layout().step();
    long stepC = p.out().layout().step();
    return single
        ? Blas.cublasSgemmStridedBatched(
            handle,
            a,
            b,
            p.rows(),
            p.columns(),
            p.inner(),
            alphaAt,
            x,
            lda,
            stepA,
            y,
            ldb,
            stepB,
            betaAt,
            z,
            ldc,
            stepC,
            p.count())
        : Blas.cublasDgemmStridedBatched(
            handle,
            a,
            b,
            p.rows(),
            p.columns(),
            p.inner(),
            alphaAt,
            x,
            lda,
            stepA,
            y,
            ldb,
            stepB,
            betaAt,
            z,
            ldc,
            stepC,
            p.count());
  }

  private int listed(Batch p) {
    int count = p.count();
    long table =
        device
            .staging()
            .table(
                3 * count * Long.BYTES,
                buffer -> {
                  for (int i = 0; i < count; i++) {
                    buffer.putLong(i * Long.BYTES, at(p.left(), i));
                    buffer.putLong((count + i) * Long.BYTES, at(p.right(), i));
                    buffer.putLong((2 * count + i) * Long.BYTES, at(p.out(), i));
                  }
                });
    long ys = table + (long) count * Long.BYTES;
    long zs = ys + (long) count * Long.BYTES;
    int a = code(p.a());
    int b = code(p.b());
    int lda = p.left().leading();
    int ldb = p.right().leading();
    int ldc = p.out().leading();
    return single
        ? Blas.cublasSgemmBatched(
            handle,
            a,
            b,
            p.rows(),
            p.columns(),
            p.inner(),
            alphaAt,
            table,
            lda,
            ys,
            ldb,
            betaAt,
            zs,
            ldc,
            p.count())
        : Blas.cublasDgemmBatched(
            handle,
            a,
            b,
            p.rows(),
            p.columns(),
            p.inner(),
            alphaAt,
            table,
            lda,
            ys,
            ldb,
            betaAt,
            zs,
            ldc,
            p.count());
  }

  private long at(Operand operand, int index) {
    return operand.address() + operand.start(index) * device.precision().bytes();
  }

  private static int code(Transpose transpose) {
    return transpose == Transpose.YES ? 1 : 0;
  }

  @Override
  public void close() {
    device.stream().handle();
    Blas.cublasDestroy_v2(handle);
  }
}
