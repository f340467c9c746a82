package org.eigensweep.linalg;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Leading eigenpairs from scratch: a block Krylov method with full orthogonalisation and thick
 * restart (Wu and Simon, SIAM J. Matrix Anal. Appl. 22, 2000). The products of the basis are kept
 * beside it, so every residual is measured, never inferred from a recurrence.
 *
 * <p>Blocks that grew from b random vectors can hold no more than b copies of a repeated
 * eigenvalue, however small their residuals. So a converged solve follows one more random vector,
 * outside of what it has, for as many steps as the blocks took; where that changes the leading
 * pairs, it converges again, by the residuals of its worst pairs, and asks again. The check ends
 * early where the products are spent.
 */
public final class BlockKrylov {
  /**
   * Vectors added at a time. A small block spends fewer products to a tolerance than a wide one; a
   * block of four still keeps the products' matrix kernels busy and copes with clusters.
   */
  private static final int BLOCK = 4;

  /** Basis vectors beyond twice the pairs wanted: room for a restart to keep what it learned. */
  private static final int SLACK = 5 * BLOCK;

  private final SolverSettings settings;
  private final RandomGenerator random;
  private double lowest;

  /**
   * A solver.
   *
   * @param settings what is asked for
   * @param random stream of starting vectors; solves advance it
   */
  public BlockKrylov(SolverSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * Solves from random vectors. Residuals are those of the returned vectors.
   *
   * @param operator a symmetric operator of at least {@code pairs} dimensions
   * @param scope owner of the returned vectors, n × pairs
   * @throws IllegalArgumentException if more pairs are wanted than the operator has
   * @throws NotFiniteException if a product is not finite
   */
  public Eigenspace solve(LinearOperator operator, Scope scope) {
    int n = operator.size();
    if (settings.pairs() < 1 || settings.pairs() > n) {
      throw new IllegalArgumentException(
          "%d eigenpairs were asked of an operator of dimension %d, expected 1 to %d"
              .formatted(settings.pairs(), n, n));
    }
    try (Run run = new Run(operator)) {
      Stop stop = run.solve();
      lowest = run.lowest;
      Matrix vectors = scope.matrix(n, settings.pairs());
      run.ritz.rotate(run.basis(), vectors);
      return new Eigenspace(
          vectors, run.ritz.values(settings.pairs()), run.ritz.residuals(), run.products, stop);
    }
  }

  /**
   * The smallest Ritz value that the latest solve came across: an upper bound of the operator's
   * smallest eigenvalue, and a good one where that lies apart from the others.
   */
  double lowest() {
    return lowest;
  }

  /** One solve: the basis V, its product W = AV, and the Ritz pairs they give. */
  private final class Run implements AutoCloseable {
    private final LinearOperator operator;
    private final Device device;
    private final Scope scope;
    private final Orthonormalizer orthonormalizer = new Orthonormalizer(random);
    private final int capacity;
    private final Matrix vectors;
    private final Matrix images;
    private final Matrix next;
    private int dimension;
    private int products;
    private RitzPairs ritz;
    private double lowest = Double.POSITIVE_INFINITY;

    Run(LinearOperator operator) {
      this.operator = operator;
      this.device = operator.device();
      this.scope = device.open();
      int n = operator.size();
      this.capacity = Math.min(n, 2 * settings.pairs() + SLACK);
      this.vectors = scope.matrix(n, capacity);
      this.images = scope.matrix(n, capacity);
      this.next = scope.matrix(n, Math.min(BLOCK, n));
    }

    Stop solve() {
      expand(fresh(BLOCK));
      Stop stop = iterate(() -> following(BLOCK));
      int steps = products / BLOCK;
      while (stop == Stop.CONVERGED && changedByAFreshVector(steps)) {
        stop = iterate(this::worstDefects);
      }
      return stop;
    }

    private Stop iterate(Supplier<Matrix> nextBlock) {
      while (true) {
        if (dimension >= settings.pairs()) {
          project();
          if (converged()) {
            return Stop.CONVERGED;
          }
        }
        if (dimension == operator.size()) {
          return Stop.SPACE_EXHAUSTED;
        }
        if (ritz != null && products >= settings.maxProducts()) {
          return Stop.PRODUCTS_SPENT;
        }
        expand(nextBlock.get());
      }
    }

    /** Whether the Krylov space of one more random vector holds a leading pair not found yet. */
    private boolean changedByAFreshVector(int steps) {
      double[] before = ritz.values(settings.pairs());
      for (int step = 0; step < steps; step++) {
        if (dimension == operator.size() || products >= settings.maxProducts()) {
          break;
        }
        expand(step == 0 ? fresh(1) : following(1));
        project();
        if (!converged()) {
          return true;
        }
      }
      double same = settings.tolerance() * ritz.eigen().spread();
      double[] after = ritz.values(settings.pairs());
      for (int i = 0; i < after.length; i++) {
        if (Math.abs(after[i] - before[i]) > same) {
          return true;
        }
      }
      return false;
    }

    private void project() {
      ritz = RitzPairs.of(basis(), product(), settings.pairs(), settings.which());
      lowest = Math.min(lowest, ritz.eigen().smallest());
    }

    private boolean converged() {
      for (double residual : ritz.residuals()) {
        if (!(residual <= settings.tolerance())) {
          return false;
        }
      }
      return true;
    }

    /** Random vectors, made orthonormal to the basis. */
    private Matrix fresh(int width) {
      Matrix block = next.columns(0, Math.min(width, operator.size() - dimension));
      orthonormalizer.fillRandom(block);
      return prepare(block);
    }

    /** The newest products, made orthonormal to the basis. */
    private Matrix following(int width) {
      Matrix block = next.columns(0, Math.min(width, operator.size() - dimension));
      int from = Math.max(0, dimension - block.columns());
      device.copy(images.columns(from, block.columns()), block);
      return prepare(block);
    }

    /**
     * The residuals of the pairs that are furthest off, made orthonormal to the basis. The basis is
     * no single Krylov space once a fresh vector has joined it, so its newest products no longer
     * hold every residual.
     */
    private Matrix worstDefects() {
      int width = Math.min(Math.min(BLOCK, settings.pairs()), operator.size() - dimension);
      Matrix block = next.columns(0, width);
      ritz.worstDefects(basis(), product(), block);
      return prepare(block);
    }

    /** Makes a block orthonormal to the basis; restarts where the basis is full. */
    private Matrix prepare(Matrix block) {
      orthonormalizer.orthonormalize(block, dimension == 0 ? null : basis());
      if (dimension + block.columns() > capacity) {
        restart(capacity - block.columns());
      }
      return block;
    }

    /**
     * Keeps the leading half of the room as Ritz vectors, whose residuals lie in the next block.
     */
    private void restart(int room) {
      int keep = Math.min(room, settings.pairs() + (room - settings.pairs()) / 2);
      try (Scope temporary = device.open()) {
        Matrix kept = temporary.matrix(operator.size(), keep);
        ritz.rotate(basis(), kept);
        device.copy(kept, vectors.columns(0, keep));
        ritz.rotate(product(), kept);
        device.copy(kept, images.columns(0, keep));
      }
      dimension = keep;
    }

    private void expand(Matrix block) {
      int width = block.columns();
      device.copy(block, vectors.columns(dimension, width));
      operator.apply(block, images.columns(dimension, width));
      dimension += width;
      products += width;
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
}
