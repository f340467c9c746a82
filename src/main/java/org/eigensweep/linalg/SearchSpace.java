package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The space in which eigenpairs of one operator are sought: an orthonormal basis V that grows block
 * by block, with its product W = AV beside it. So residuals are measured, never inferred from a
 * recurrence. Where the basis is full, its leading Ritz vectors are kept and the rest is dropped
 * (thick restart; Wu and Simon, SIAM J. Matrix Anal. Appl. 22, 2000).
 */
final class SearchSpace implements AutoCloseable {
  private final LinearOperator operator;
  private final Device device;
  private final SolverSettings settings;
  private final Orthonormalizer orthonormalizer;
  private final Scope scope;
  private final int capacity;
  private final Matrix vectors;
  private final Matrix images;

  /** VᵀW, column-major: as a column comes in, what is above the diagonal and on it. */
  private final double[] projected;

  private int dimension;
  private int products;
  private RitzPairs ritz;
  private double lowest = Double.POSITIVE_INFINITY;

  /**
   * An empty space.
   *
   * @param operator A, symmetric
   * @param settings what is sought: which end of the spectrum, and pairs that a restart keeps
   * @param capacity vectors of the basis at most, more than the pairs
   * @param orthonormalizer makes new vectors orthonormal
   * @throws IllegalArgumentException if more pairs are sought than the operator has
   */
  SearchSpace(
      LinearOperator operator,
      SolverSettings settings,
      int capacity,
      Orthonormalizer orthonormalizer) {
    int n = operator.size();
    if (settings.pairs() < 1 || settings.pairs() > n) {
      throw new IllegalArgumentException(
          "%d eigenpairs were asked of an operator of dimension %d, expected 1 to %d"
              .formatted(settings.pairs(), n, n));
    }
    this.operator = operator;
    this.device = operator.device();
    this.settings = settings;
    this.orthonormalizer = orthonormalizer;
    this.capacity = Math.min(n, capacity);
    this.scope = device.open();
    this.vectors = scope.matrix(n, this.capacity);
    this.images = scope.matrix(n, this.capacity);
    this.projected = new double[this.capacity * this.capacity];
  }

  /**
   * Adds directions to the basis, for a product each.
   *
   * @param block n × m, overwritten with what was added, orthonormal to the basis; m is at most
   *     {@link #missing()} and at most the capacity less the pairs
   * @throws NotFiniteException if a product is not finite
   */
  void add(Matrix block) {
    orthonormalizer.orthonormalize(block, dimension == 0 ? null : basis());
    int width = block.columns();
    if (dimension + width > capacity) {
      restart(capacity - width);
    }
    device.copy(block, vectors.columns(dimension, width));
    operator.apply(block, images.columns(dimension, width));
    dimension += width;
    products += width;
    project(width);
    ritz = null;
  }

  /** Takes the newest columns of VᵀW into account, which is symmetric. */
  private void project(int width) {
    int first = dimension - width;
    try (Scope temporary = device.open()) {
      Matrix columns = temporary.matrix(dimension, width);
      device.gemm(YES, NO, 1, basis(), images.columns(first, width), 0, columns);
      double[] values = columns.toDoubles();
      for (int j = first; j < dimension; j++) {
        for (int i = 0; i <= j; i++) {
          double value = values[i + (j - first) * dimension];
          projected[i + j * capacity] = value;
          projected[j + i * capacity] = value;
        }
      }
    }
  }

  /** Keeps the leading half of the room as Ritz vectors, whose residuals lie in the next block. */
  private void restart(int room) {
    int keep = Math.min(room, settings.pairs() + (room - settings.pairs()) / 2);
    try (Scope temporary = device.open()) {
      Matrix kept = temporary.matrix(size(), keep);
      Matrix products = temporary.matrix(size(), keep);
      ritz().vectors(kept);
      ritz().images(products);
      device.copy(kept, vectors.columns(0, keep));
      device.copy(products, images.columns(0, keep));
    }
    dimension = keep;
    project(keep);
  }

  /**
   * The Ritz pairs of the basis as it is; they may be used until it grows. Residuals are measured
   * for one pair more than are sought, as far as the basis has one: the first pair outside.
   *
   * @throws NotFiniteException if a product was not finite
   */
  RitzPairs ritz() {
    if (ritz == null) {
      int measured = Math.min(settings.pairs() + 1, dimension);
      ritz = RitzPairs.of(basis(), product(), leading(projected), measured, settings.which());
      lowest = Math.min(lowest, ritz.eigen().smallest());
    }
    return ritz;
  }

  /**
   * Restarts where so many more vectors would not fit.
   *
   * @param vectors at most the capacity less the pairs, where the operator has more dimensions than
   *     the capacity
   */
  void makeRoom(int vectors) {
    if (capacity < size() && dimension + vectors > capacity) {
      restart(capacity - vectors);
      ritz = null;
    }
  }

  /** The Rayleigh quotient of the newest vector. */
  double newestQuotient() {
    return device.dot(vectors.column(dimension - 1), images.column(dimension - 1));
  }

  /**
   * out ← what the newest product has outside of the basis, n × 1.
   *
   * @return its length; zero where there is nothing but rounding
   */
  double newestDefect(Matrix out) {
    newestImages(out);
    double rounding = 4 * device.precision().roundoff() * device.norm(out);
    for (int pass = 0; pass < 2; pass++) {
      Orthonormalizer.project(out, basis());
    }
    double length = device.norm(out);
    return length > rounding ? length : 0;
  }

  /** out ← the newest products. */
  void newestImages(Matrix out) {
    device.copy(images.columns(Math.max(0, dimension - out.columns()), out.columns()), out);
  }

  Device device() {
    return device;
  }

  /** Dimension n of the operator. */
  int size() {
    return operator.size();
  }

  int dimension() {
    return dimension;
  }

  /** Dimensions of the operator that the basis lacks. */
  int missing() {
    return operator.size() - dimension;
  }

  /** Operator-vector products so far. */
  int products() {
    return products;
  }

  /** The smallest Ritz value met so far: an upper bound of the smallest eigenvalue. */
  double lowest() {
    return lowest;
  }

  /** The leading part of a capacity × capacity matrix, as large as the basis. */
  private double[] leading(double[] matrix) {
    double[] part = new double[dimension * dimension];
    for (int j = 0; j < dimension; j++) {
      System.arraycopy(matrix, j * capacity, part, j * dimension, dimension);
    }
    return part;
  }

  private Matrix basis() {
    return vectors.columns(0, dimension);
  }

  private Matrix product() {
    return images.columns(0, dimension);
  }

  @Override
  public void close() {
    scope.close();
  }
}
