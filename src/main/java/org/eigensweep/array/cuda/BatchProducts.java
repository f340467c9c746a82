package org.eigensweep.array.cuda;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Transpose;
import org.eigensweep.array.cuda.Batch.Operand;

/**
 * Batches of products in as few calls as their operands' places allow. Products whose operands lie
 * side by side are one larger product; those that are added and do not are made apart, since no two
 * of a batch may write to one place.
 */
final class BatchProducts {
  /** So few are added one after another. */
  private static final int FEW = 4;

  private final CudaDevice device;
  private final BlasProducts blas;
  private final Sums sums;

  BatchProducts(CudaDevice device, BlasProducts blas, Sums sums) {
    this.device = device;
    this.blas = blas;
    this.sums = sums;
  }

  /** See {@link org.eigensweep.array.Device#gemmEach}; the shapes fit. */
  void run(
      Transpose a, Transpose b, double alpha, Blocks left, Blocks right, double beta, Blocks out) {
    int count = Math.max(out.count(), Math.max(left.count(), right.count()));
    Batch batch =
        new Batch(
            a,
            b,
            out.rows(),
            out.columns(),
            a == YES ? left.rows() : left.columns(),
            Operand.of(device, left),
            Operand.of(device, right),
            Operand.of(device, out),
            count);
    if (count > 1 && out.count() == 1) {
      if (isOneSum(batch, left, right)) {
        blas.run(alpha, oneSum(batch), beta);
      } else {
        add(alpha, batch, beta, out);
      }
    } else {
      blas.run(alpha, isOneProduct(batch, left, right, out) ? oneProduct(batch) : batch, beta);
    }
  }

  /** One A for many B_i that stand side by side, as the C_i do: A·[B_1 B_2 …] = [C_1 C_2 …]. */
  private static boolean isOneProduct(Batch batch, Blocks left, Blocks right, Blocks out) {
    return batch.count() > 1
        && left.count() == 1
        && batch.b() == NO
        && isWide(right)
        && isWide(out)
        && (long) batch.columns() * batch.count() <= Integer.MAX_VALUE;
  }

  private static Batch oneProduct(Batch p) {
    int columns = p.columns() * p.count();
    return new Batch(p.a(), p.b(), p.rows(), columns, p.inner(), p.left(), p.right(), p.out(), 1);
  }

  /** Operands whose sum of products is one product: [A_1 A_2 …]·[B_1 B_2 …]ᵀ, or both upright. */
  private static boolean isOneSum(Batch batch, Blocks left, Blocks right) {
    boolean lying = batch.a() == NO && batch.b() == YES && isWide(left) && isWide(right);
    boolean upright = batch.a() == YES && batch.b() == NO && isTall(left) && isTall(right);
    return (lying || upright)
        && left.count() == right.count()
        && (long) batch.inner() * batch.count() <= Integer.MAX_VALUE;
  }

  private static Batch oneSum(Batch p) {
    int inner = p.inner() * p.count();
    return new Batch(p.a(), p.b(), p.rows(), p.columns(), inner, p.left(), p.right(), p.out(), 1);
  }

  private static boolean isWide(Blocks blocks) {
    return blocks.down() == 1 && blocks.acrossStep() == (long) blocks.columns() * blocks.leading();
  }

  private static boolean isTall(Blocks blocks) {
    return blocks.across() == 1 && blocks.downStep() == blocks.rows();
  }

  private void add(double alpha, Batch batch, double beta, Blocks out) {
    if (batch.count() <= FEW) {
      for (int i = 0; i < batch.count(); i++) {
        blas.run(alpha, batch.part(i, 1, batch.out()), i == 0 ? beta : 1);
      }
      return;
    }
    long size = (long) batch.rows() * batch.columns();
    long most = Math.max(1, device.sizes().group() / (size * device.precision().bytes()));
    for (int from = 0; from < batch.count(); from += (int) most) {
      int some = (int) Math.min(most, batch.count() - from);
      try (CudaScope scope = device.open()) {
        long products = scope.numbers(size * some);
        Operand apart = Operand.apart(products, batch.rows(), size);
        blas.run(1, batch.part(from, some, apart), 0);
        Sums.Terms terms = new Sums.Terms(products, Layout.ONE, 1, size, 0, 0, 0, 1, size, some);
        sums.into(terms, alpha, from == 0 ? beta : 1, out);
      }
    }
  }
}
