package org.eigensweep.array.cuda;

import static org.eigensweep.array.cuda.CudaStream.bits;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Matrix;

/**
 * Sums in an order that their shapes alone decide: the terms are cut into slices, each of which is
 * added in double precision by one block of threads, and the slices' sums are added in order.
 */
final class Sums {
  /** Terms that one thread of a block would add if it were alone are not worth a block. */
  private static final int FEW = 64;

  /** Terms of a slice: 16 a thread where threads stand along a sum, 32 where 8 do. */
  private static final int ALONG = 4096;

  private static final int ACROSS = 256;

  /** Slices' sums are added by one thread. */
  private static final int MOST_SLICES = 128;

  private final CudaDevice device;

  Sums(CudaDevice device) {
    this.device = device;
  }

  /**
   * What is added.
   *
   * @param x address of the first term
   * @param layout how blocks of terms lie: down, down step, across step
   * @param xResult elements from one sum's terms to the next's
   * @param xTerm elements from one term to the next
   * @param y address of what the terms are multiplied with, or 0
   * @param yResult the same of it
   * @param yTerm the same of it
   * @param count blocks
   * @param results sums of a block
   * @param terms terms of a sum
   */
  record Terms(
      long x,
      Layout layout,
      long xResult,
      long xTerm,
      long y,
      long yResult,
      long yTerm,
      long count,
      long results,
      long terms) {
    private boolean isAlong() {
      return xTerm == 1 && terms > FEW;
    }

    private long width() {
      return Math.max(isAlong() ? ALONG : ACROSS, (terms + MOST_SLICES - 1) / MOST_SLICES);
    }

    private long slices() {
      return (terms + width() - 1) / width();
    }
  }

  /** See {@link org.eigensweep.array.Device#sumEach}; {@code column} tells what the sums are. */
  void each(double alpha, Blocks x, double beta, Blocks sums, boolean column) {
    Terms terms =
        new Terms(
            device.address(x),
            Layout.of(x),
            column ? 1 : x.leading(),
            column ? x.leading() : 1,
            0,
            0,
            0,
            x.count(),
            column ? x.rows() : x.columns(),
            column ? x.columns() : x.rows());
    into(terms, alpha, beta, sums);
  }

  /**
   * Adds, and puts the sums where blocks lie, column after column; a single block takes the sums of
   * all.
   */
  void into(Terms terms, double alpha, double beta, Blocks out) {
    try (CudaScope scope = device.open()) {
      long partials = partials(terms, scope);
      long together = out.count() == 1 ? terms.count : 1;
      long outputs = out.count() * terms.results;
      Layout to = Layout.of(out);
      device.stream()
          .each(
              "finish_sums",
              outputs,
              outputs,
              partials,
              terms.slices(),
              terms.count * terms.results,
              terms.results,
              together,
              bits(alpha),
              bits(beta),
              device.address(out),
              out.rows(),
              out.leading(),
              to.down(),
              to.downStep(),
              to.acrossStep());
    }
  }

  /**
   * See {@link org.eigensweep.array.Device#sumProducts}; {@code column} tells what the sums are.
   */
  void products(double alpha, Matrix x, Matrix y, double beta, Blocks sums, boolean column) {
    int rows = x.rows();
    long result = column ? 1 : rows;
    long term = column ? rows : 1;
    long results = column ? rows : x.columns();
    long terms = column ? x.columns() : rows;
    long from = device.address(x);
    long with = device.address(y);
    into(
        new Terms(from, Layout.ONE, result, term, with, result, term, 1, results, terms),
        alpha,
        beta,
        sums);
  }

  /**
   * The dot products of columns.
   *
   * @param x address of the first column
   * @param rows numbers of a column
   * @param y address of the other's first column
   * @param step numbers from one of its columns to the next; 0 where one serves all
   * @param columns how many
   */
  double[] dots(long x, long rows, long y, long step, int columns) {
    return numbers(new Terms(x, Layout.ONE, rows, 1, y, step, 1, 1, columns, rows));
  }

  private double[] numbers(Terms terms) {
    int count = Math.toIntExact(terms.results);
    double[] sums = new double[count];
    try (CudaScope scope = device.open()) {
      long partials = partials(terms, scope);
      long to = scope.doubles(count);
      device.stream().each("finish_dots", count, count, partials, terms.slices(), to);
      device
          .staging()
          .fetch(
              to,
              count,
              Double.BYTES,
              (from, at, some) -> from.asDoubleBuffer().get(sums, at, some));
    }
    return sums;
  }

  private long partials(Terms terms, CudaScope scope) {
    long partials = scope.doubles(terms.slices() * terms.count * terms.results);
    long groups = terms.isAlong() ? terms.results : (terms.results + 31) / 32;
    device.stream()
        .blocks(
            terms.isAlong() ? "sum_along" : "sum_across",
            terms.slices() * terms.count * groups,
            terms.x,
            terms.xResult,
            terms.xTerm,
            terms.layout.down(),
            terms.layout.downStep(),
            terms.layout.acrossStep(),
            terms.y,
            terms.yResult,
            terms.yTerm,
            terms.count,
            terms.results,
            terms.terms,
            terms.width(),
            partials);
    return partials;
  }
}
