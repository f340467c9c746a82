package org.eigensweep.array;

/**
 * Passes over the elements of matrices, piece by piece. Numbers are copied in pieces to arrays,
 * whose loops the virtual machine compiles to vector instructions; over native memory it does not.
 * A call costs a few hundred nanoseconds, one of ND4J ten microseconds; for 200,000 float32 numbers
 * ND4J's square root took one core 0.14 to 0.8 ms, a pass here 0.11 ms. One thread uses one at a
 * time.
 */
final class HostPasses {
  /** Numbers of a piece: three of them in double precision stay in the second-level cache. */
  private static final int PIECE = 4096;

  private final HostValues one;
  private final HostValues other;
  private final HostValues result;

  HostPasses(Precision precision) {
    this.one = HostValues.of(precision, PIECE);
    this.other = HostValues.of(precision, PIECE);
    this.result = HostValues.of(precision, PIECE);
  }

  /** See {@link Device#multiply}; shapes were checked. */
  void multiply(double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix out) {
    Factors factors = Factors.of(x, y, other);
    for (long at = 0; at < x.size(); at += factors.piece()) {
      int count = (int) Math.min(factors.piece(), x.size() - at);
      x.read(at, one, count);
      factors.read(at, count);
      if (beta != 0) {
        out.read(at, result, count);
      }
      result.multiply(alpha, one, other, beta, count);
      out.write(at, result, count);
    }
  }

  /** Sets every element to a value. */
  void fill(double value, Nd4jMatrix x) {
    one.fill(0, (int) Math.min(PIECE, x.size()), value);
    for (long at = 0; at < x.size(); at += PIECE) {
      x.write(at, one, (int) Math.min(PIECE, x.size() - at));
    }
  }

  /** out ← f(in) for a function that the processor computes itself. */
  void map(Unary f, Nd4jMatrix in, Nd4jMatrix out) {
    for (long at = 0; at < in.size(); at += PIECE) {
      int count = (int) Math.min(PIECE, in.size() - at);
      in.read(at, one, count);
      switch (f) {
        case RELU -> one.clip(0, Double.POSITIVE_INFINITY, count);
        case HARDTANH -> one.clip(-1, 1, count);
        case STEP -> one.step(count);
        case RSQRT -> one.invertRoots(count);
        case TANH, SIGMOID, EXP, LOG1P, ELU ->
            throw new IllegalArgumentException(f + " takes a library");
      }
      out.write(at, one, count);
    }
  }

  /** Factors of some elements of another matrix. */
  private interface Factors {
    /** Elements of a piece. */
    int piece();

    /** Makes the factors of {@code count} elements from one on. */
    void read(long at, int count);

    /** How the factors y go with the elements of x; they are made in {@code into}. */
    static Factors of(Nd4jMatrix x, Nd4jMatrix y, HostValues into) {
      if (y.rows() < x.rows()) {
        return new ByColumn(x.rows(), y, into);
      }
      return y.size() <= PIECE ? Repeated.of(y, into) : new Periodic(y, into);
    }
  }

  /** A few factors, written out as often as a piece holds them. */
  private record Repeated(int piece) implements Factors {
    static Repeated of(Nd4jMatrix y, HostValues into) {
      int period = (int) y.size();
      int piece = PIECE / period * period;
      y.read(0, into, period);
      for (int at = period; at < piece; at += period) {
        into.copy(into, 0, at, period);
      }
      return new Repeated(piece);
    }

    @Override
    public void read(long at, int count) {
      // each piece begins with the first factor
    }
  }

  /** More factors than a piece holds. */
  private record Periodic(Nd4jMatrix y, HostValues into) implements Factors {
    @Override
    public int piece() {
      return PIECE;
    }

    @Override
    public void read(long at, int count) {
      for (int done = 0; done < count; ) {
        long from = (at + done) % y.size();
        int some = (int) Math.min(count - done, y.size() - from);
        y.read(from, into, done, some);
        done += some;
      }
    }
  }

  /**
   * One factor a column.
   *
   * @param rows rows of a column
   * @param values the factors
   * @param into where they are made
   */
  private record ByColumn(int rows, HostValues values, HostValues into) implements Factors {
    ByColumn(int rows, Nd4jMatrix y, HostValues into) {
      this(rows, HostValues.of(y.device().precision(), y.columns()), into);
      y.read(0, values, y.columns());
    }

    @Override
    public int piece() {
      return PIECE;
    }

    @Override
    public void read(long at, int count) {
      for (int done = 0; done < count; ) {
        long element = at + done;
        int column = (int) (element / rows % values.size());
        int some = (int) Math.min(count - done, rows - element % rows);
        into.fill(done, some, values.at(column));
        done += some;
      }
    }
  }

  /** See {@link Device#divideByRoots}; shapes were checked. */
  void divideByRoots(double alpha, Nd4jMatrix x, Nd4jMatrix y, double epsilon, Nd4jMatrix out) {
    for (long at = 0; at < x.size(); at += PIECE) {
      int count = (int) Math.min(PIECE, x.size() - at);
      x.read(at, one, count);
      y.read(at, other, count);
      one.divideByRoots(alpha, other, epsilon, count);
      out.write(at, one, count);
    }
  }
}
