package org.eigensweep.spark.sliced;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Transpose;

/** A range of rows of all sliced matrices, held by one executor. One task uses it at a time. */
final class Slice implements AutoCloseable {
  private static final long BROKEN = -1;

  private record Block(Scope scope, Matrix matrix) {}

  private final int index;
  private final RowRange rows;
  private final Device device;
  private final Map<Long, Block> blocks = new HashMap<>();
  private long done;
  private Object result;
  private RuntimeException failure;

  /** A range of rows on a device, which is closed with it. */
  Slice(int index, RowRange rows, Device device) {
    this.index = index;
    this.rows = rows;
    this.device = device;
  }

  Device device() {
    return device;
  }

  /**
   * Runs the next batch, or returns the result of the latest one again. A batch that failed may
   * have run in part and cannot be undone, so every later one fails with the same exception.
   *
   * @throws SliceLostException if this slice did not run the batches before it
   */
  @SuppressWarnings("unchecked") // a number belongs to one batch, whose result has one type
  synchronized <T> T execute(OperationBatch<T> batch) {
    if (failure != null) {
      throw failure;
    }
    if (done != batch.number()) {
      requireDone(batch.number() - 1);
      done = BROKEN; // until the whole batch has run
      result = runNow(batch);
      done = batch.number();
    }
    return (T) result;
  }

  private Object runNow(OperationBatch<?> batch) {
    try {
      batch.operations().forEach(operation -> operation.applyTo(this));
      return batch.query().answerOf(this);
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private void requireDone(long batch) {
    if (done != batch) {
      throw new SliceLostException(index);
    }
  }

  /**
   * Runs an operation outside the batches. Spark may repeat it, so it must be idempotent.
   *
   * @param after number of the batch that must have run last
   */
  synchronized void runIdempotent(long after, SliceOperation operation) {
    requireDone(after);
    operation.applyTo(this);
  }

  void make(long block, int columns) {
    Scope scope = device.open();
    blocks.put(block, new Block(scope, scope.matrix(rows.count(), columns)));
  }

  void free(long block) {
    blocks.remove(block).scope().close();
  }

  /** This slice's rows of some columns. */
  Matrix view(ColumnRange columns) {
    return blocks.get(columns.block()).matrix().columns(columns.from(), columns.count());
  }

  /** Overwrites this slice's rows with those of a source. */
  void write(ColumnRange to, MatrixSource source) {
    view(to).write(source.rows(rows.from(), rows.to()));
  }

  /** Writes this slice's rows of some columns to a file. */
  void store(ColumnRange from, StoredBlock block) {
    block.write(index, view(from).toHost());
  }

  /** y ← α·x·op(factor) + β·y. */
  void multiply(
      Transpose b, double alpha, ColumnRange x, HostMatrix factor, double beta, ColumnRange y) {
    try (Scope scope = device.open()) {
      device.gemm(Transpose.NO, b, alpha, view(x), scope.copyOf(factor), beta, view(y));
    }
  }

  /** This slice's summand of xᵀy. */
  HostMatrix inner(ColumnRange x, ColumnRange y) {
    try (Scope scope = device.open()) {
      Matrix product = scope.matrix(x.count(), y.count());
      device.gemm(Transpose.YES, Transpose.NO, 1, view(x), view(y), 0, product);
      return product.toHost();
    }
  }

  /** out ← scale · Σ parts, added in double precision. */
  void add(List<HostMatrix> parts, double scale, ColumnRange out) {
    double[] sum = new double[Math.toIntExact(view(out).size())];
    parts.forEach(part -> part.addTo(sum));
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= scale;
    }
    view(out).write(sum);
  }

  @Override
  public synchronized void close() {
    blocks.values().forEach(block -> block.scope().close());
    blocks.clear();
    device.close();
  }
}
