package org.eigensweep.spark.sliced;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Transpose;
import org.eigensweep.spark.task.DeviceChoice;

/**
 * A device that cuts matrices with n rows, n the number of parameters, into slices of rows on the
 * executors. All other matrices live in this process. Eigensolvers run on it unchanged. The driver
 * holds nothing that grows with n, unless {@code toHost} asks for it: executors make, read and
 * write the sources and snapshots of sliced matrices. Sliced matrices have the operations that
 * eigensolvers need: products of two sliced matrices, products with small ones, sums, and
 * element-wise products. Networks need whole vectors, see {@link Collectives}.
 *
 * <p>An operation that returns numbers is a Spark job, which runs all queued operations first. Sums
 * over rows are added in the order of the slices, so results have the same bits on every run. A
 * slice cannot be made again: after an executor was lost, the next operation fails with {@link
 * SliceLostException}.
 */
public final class SlicedDevice extends DriverDevice {
  /** Spark's setting that must be false; otherwise Spark may run tasks where their slice is not. */
  public static final String REDUCE_LOCALITY = "spark.shuffle.reduceLocality.enabled";

  private final int n;
  private final SliceJobs jobs;
  private final String snapshots;
  private long blocks;

  /**
   * Makes room on the jobs.
   *
   * @param n rows of sliced matrices, more than any other matrix of this device has
   * @param slices number of slices, at least 1; one for each executor moves the fewest bytes
   * @param precision format of all numbers
   * @param threads cores that one slice, and this process, may keep busy
   * @param choice on what the executors compute; this process computes on its processor
   * @param snapshots folder for snapshots of sliced matrices, a Hadoop path that executors can
   *     write. The first snapshot makes it, the caller deletes it
   * @throws IllegalArgumentException if {@link #REDUCE_LOCALITY} is true on a cluster
   */
  public SlicedDevice(
      JavaSparkContext spark,
      int n,
      int slices,
      Precision precision,
      int threads,
      DeviceChoice choice,
      String snapshots) {
    super(local(spark, precision, threads));
    this.n = n;
    this.snapshots = snapshots;
    this.jobs = new SliceJobs(spark, new SliceStore(n, slices, precision, threads, choice), slices);
  }

  private static Device local(JavaSparkContext spark, Precision precision, int threads) {
    if (!spark.isLocal() && spark.getConf().getBoolean(REDUCE_LOCALITY, true)) {
      throw new IllegalArgumentException(
          REDUCE_LOCALITY
              + " is true in the running Spark session, expected false for vectors in slices;"
              + " start the session with it, or set eigensweep.spark.vectors = driver");
    }
    return Devices.processor().open(precision, threads);
  }

  int rows() {
    return n;
  }

  SliceJobs jobs() {
    return jobs;
  }

  @Override
  public Scope open() {
    return new SlicedScope(this, super.open());
  }

  long make(int columns) {
    long block = blocks++;
    jobs.enqueue(slice -> slice.make(block, columns));
    return block;
  }

  void free(long block) {
    jobs.enqueue(slice -> slice.free(block));
  }

  static ColumnRange rangeOf(Matrix matrix) {
    SlicedMatrix sliced = (SlicedMatrix) matrix;
    sliced.requireOpen();
    return sliced.range();
  }

  private static boolean sliced(Matrix matrix) {
    return matrix instanceof SlicedMatrix;
  }

  @Override
  public void gemm(
      Transpose a, Transpose b, double alpha, Matrix left, Matrix right, double beta, Matrix out) {
    if (!sliced(left) && !sliced(right) && !sliced(out)) {
      super.gemm(a, b, alpha, left, right, beta, out);
    } else if (a == NO && sliced(left) && !sliced(right) && sliced(out)) {
      ColumnRange x = rangeOf(left);
      ColumnRange y = rangeOf(out);
      HostMatrix factor = right.toHost();
      jobs.enqueue(slice -> slice.multiply(b, alpha, x, factor, beta, y));
    } else if (a == YES && b == NO && sliced(left) && sliced(right) && !sliced(out)) {
      ColumnRange x = rangeOf(left);
      ColumnRange y = rangeOf(right);
      put(alpha, jobs.run(slice -> slice.inner(x, y)), beta, out);
    } else {
      throw new UnsupportedOperationException(
          "a product of %s and %s to %s, expected one of two sliced blocks or of one with a small matrix"
              .formatted(shape(left), shape(right), shape(out)));
    }
  }

  private static String shape(Matrix matrix) {
    return "a %s %d x %d matrix"
        .formatted(sliced(matrix) ? "sliced" : "small", matrix.rows(), matrix.columns());
  }

  /** out ← α·Σ + β·out. */
  private void put(double alpha, List<HostMatrix> parts, double beta, Matrix out) {
    double[] sum = new double[Math.toIntExact(out.size())];
    parts.forEach(part -> part.addTo(sum));
    double[] old = beta == 0 ? new double[sum.length] : out.toDoubles();
    for (int i = 0; i < sum.length; i++) {
      sum[i] = alpha * sum[i] + beta * old[i];
    }
    out.write(sum);
  }

  @Override
  public void multiply(double alpha, Matrix x, Matrix y, double beta, Matrix out) {
    if (sliced(x) && sliced(y) && sliced(out)) {
      ColumnRange a = rangeOf(x);
      ColumnRange b = rangeOf(y);
      ColumnRange c = rangeOf(out);
      jobs.enqueue(
          slice ->
              slice.device().multiply(alpha, slice.view(a), slice.view(b), beta, slice.view(c)));
    } else {
      super.multiply(alpha, x, y, beta, out);
    }
  }

  @Override
  public void axpy(double alpha, Matrix x, Matrix y) {
    if (sliced(x) && sliced(y)) {
      ColumnRange a = rangeOf(x);
      ColumnRange b = rangeOf(y);
      jobs.enqueue(slice -> slice.device().axpy(alpha, slice.view(a), slice.view(b)));
    } else {
      super.axpy(alpha, x, y);
    }
  }

  @Override
  public void scale(double alpha, Matrix x) {
    if (sliced(x)) {
      ColumnRange a = rangeOf(x);
      jobs.enqueue(slice -> slice.device().scale(alpha, slice.view(a)));
    } else {
      super.scale(alpha, x);
    }
  }

  @Override
  public void divideByRoots(double alpha, Matrix x, Matrix y, double epsilon, Matrix out) {
    if (sliced(x) && sliced(y) && sliced(out)) {
      ColumnRange a = rangeOf(x);
      ColumnRange b = rangeOf(y);
      ColumnRange c = rangeOf(out);
      jobs.enqueue(
          slice ->
              slice
                  .device()
                  .divideByRoots(alpha, slice.view(a), slice.view(b), epsilon, slice.view(c)));
    } else {
      super.divideByRoots(alpha, x, y, epsilon, out);
    }
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    if (sliced(from) && sliced(to)) {
      ColumnRange a = rangeOf(from);
      ColumnRange b = rangeOf(to);
      jobs.enqueue(slice -> slice.device().copy(slice.view(a), slice.view(b)));
    } else {
      super.copy(from, to);
    }
  }

  @Override
  public void fill(double value, Matrix x) {
    if (sliced(x)) {
      ColumnRange a = rangeOf(x);
      jobs.enqueue(slice -> slice.device().fill(value, slice.view(a)));
    } else {
      super.fill(value, x);
    }
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    if (sliced(x) && sliced(y)) {
      ColumnRange a = rangeOf(x);
      ColumnRange b = rangeOf(y);
      return total(slice -> new double[] {slice.device().dot(slice.view(a), slice.view(b))})[0];
    }
    return super.dot(x, y);
  }

  @Override
  public double[] dots(Matrix x, Matrix y) {
    if (sliced(x) && sliced(y)) {
      ColumnRange a = rangeOf(x);
      ColumnRange b = rangeOf(y);
      return total(slice -> slice.device().dots(slice.view(a), slice.view(b)));
    }
    return super.dots(x, y);
  }

  /** Sums of numbers, in the order of the slices. */
  private double[] total(SliceQuery<double[]> task) {
    List<double[]> parts = jobs.run(task);
    double[] total = new double[parts.get(0).length];
    for (double[] part : parts) {
      Arrays.setAll(total, i -> total[i] + part[i]);
    }
    return total;
  }

  /**
   * Overwrites a sliced matrix. Values in memory are broadcast; from any other source each slice
   * takes its own rows.
   */
  void write(SlicedMatrix matrix, MatrixSource source) {
    ColumnRange to = rangeOf(matrix);
    if (!(source instanceof HostMatrix values)) {
      jobs.enqueue(slice -> slice.write(to, source));
      return;
    }
    Broadcast<HostMatrix> sent = jobs.spark().broadcast(values);
    try {
      jobs.run(
          slice -> {
            slice.write(to, sent.value());
            return true;
          });
    } finally {
      sent.destroy();
    }
  }

  HostMatrix read(SlicedMatrix matrix) {
    ColumnRange from = rangeOf(matrix);
    return HostMatrix.stacked(jobs.run(slice -> slice.view(from).toHost()));
  }

  /** Writes a block to files, one for each slice. */
  MatrixSource store(SlicedMatrix matrix) {
    ColumnRange from = rangeOf(matrix);
    StoredBlock stored =
        new StoredBlock(StoredBlock.anywhereIn(snapshots), jobs.slices(), n, matrix.columns());
    jobs.runIdempotent(slice -> slice.store(from, stored));
    return stored;
  }

  @Override
  public void close() {
    jobs.close();
    super.close();
  }
}
