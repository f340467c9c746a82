package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Leading eigenpairs from scratch: a block Krylov method with full orthogonalisation and thick
 * restart ({@link SearchSpace}).
 *
 * <p>Blocks that grew from b random vectors can hold no more than b copies of a repeated
 * eigenvalue, however small their residuals. So a converged solve follows one more random vector,
 * outside of what it has, for as many steps as the blocks took; where that changes the leading
 * pairs, it converges again, by the residuals of its worst pairs, and asks again. The check ends
 * early where the products are spent.
 *
 * <p>A basis may hold an eigenvector exactly before it holds the leading one: two large eigenspaces
 * meet by their dimensions alone. So a solve goes on until the first pair outside is known to
 * belong there ({@link RitzPairs#isApart}).
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
  private final Orthonormalizer orthonormalizer;

  /**
   * A solver.
   *
   * @param settings what is asked for
   * @param random stream of starting vectors; solves advance it
   */
  public BlockKrylov(SolverSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.orthonormalizer = new Orthonormalizer(random);
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
    try (SearchSpace space = new SearchSpace(operator, settings, capacity(), orthonormalizer)) {
      Stop stop = search(space);
      RitzPairs ritz = space.ritz();
      Matrix vectors = scope.matrix(operator.size(), settings.pairs());
      ritz.vectors(vectors);
      return new Eigenspace(
          vectors,
          ritz.values(settings.pairs()),
          Arrays.copyOf(ritz.residuals(), settings.pairs()),
          space.products(),
          stop);
    }
  }

  /** Vectors of a basis that a search should have room for. */
  int capacity() {
    return capacity(settings.pairs());
  }

  private static int capacity(int pairs) {
    return 2 * pairs + SLACK;
  }

  /** Vectors that a search for so many pairs holds: a basis, and its products with the operator. */
  public static int vectorsHeld(int pairs) {
    return 2 * capacity(pairs);
  }

  /**
   * Searches an empty space until its leading pairs are found.
   *
   * @throws NotFiniteException if a product is not finite
   */
  Stop search(SearchSpace space) {
    try (Scope scope = space.device().open()) {
      return new Run(space, scope).solve();
    }
  }

  /**
   * Goes on with a space that a search had ended with, where it has grown since.
   *
   * @throws NotFiniteException if a product is not finite
   */
  Stop resume(SearchSpace space) {
    try (Scope scope = space.device().open()) {
      Run run = new Run(space, scope);
      return run.iterate(run::worstDefects);
    }
  }

  /** One solve. */
  private final class Run {
    private final SearchSpace space;
    private final Matrix next;

    Run(SearchSpace space, Scope scope) {
      this.space = space;
      this.next = scope.matrix(space.size(), Math.min(BLOCK, space.size()));
    }

    Stop solve() {
      space.add(fresh(BLOCK));
      Stop stop = iterate(() -> following(BLOCK));
      // two at least: the second is the product of the first, and holds what stands out by itself
      int steps = Math.max(2, space.products() / BLOCK);
      while (stop == Stop.CONVERGED && changedByAFreshVector(steps)) {
        stop = iterate(this::worstDefects);
      }
      return stop;
    }

    private Stop iterate(Supplier<Matrix> nextBlock) {
      while (true) {
        boolean enough = space.dimension() >= settings.pairs();
        if (enough && converged()) {
          return Stop.CONVERGED;
        }
        if (space.missing() == 0) {
          return Stop.SPACE_EXHAUSTED;
        }
        if (enough && space.products() >= settings.maxProducts()) {
          return Stop.PRODUCTS_SPENT;
        }
        space.add(nextBlock.get());
      }
    }

    /** Whether the Krylov space of one more random vector holds a leading pair not found yet. */
    private boolean changedByAFreshVector(int steps) {
      double[] before = space.ritz().values(settings.pairs());
      for (int step = 0; step < steps; step++) {
        if (space.missing() == 0 || space.products() >= settings.maxProducts()) {
          break;
        }
        space.add(step == 0 ? fresh(1) : following(1));
        if (!converged()) {
          return true;
        }
      }
      double same = settings.tolerance() * space.ritz().eigen().spread();
      double[] after = space.ritz().values(settings.pairs());
      for (int i = 0; i < after.length; i++) {
        if (Math.abs(after[i] - before[i]) > same) {
          return true;
        }
      }
      return false;
    }

    private boolean converged() {
      RitzPairs ritz = space.ritz();
      return ritz.residual(settings.pairs()) <= settings.tolerance()
          && ritz.isApart(settings.pairs(), settings.tolerance());
    }

    private Matrix fresh(int width) {
      Matrix block = block(width);
      orthonormalizer.fillRandom(block);
      return block;
    }

    private Matrix following(int width) {
      Matrix block = block(width);
      space.newestImages(block);
      return block;
    }

    /**
     * The residuals of the pairs that are furthest off, the first one outside included. The basis
     * is no single Krylov space once a fresh vector has joined it, so its newest products no longer
     * hold every residual.
     */
    private Matrix worstDefects() {
      int measured = space.ritz().residuals().length;
      int[] worst = space.ritz().worst(measured, Math.min(BLOCK, space.missing()));
      Matrix block = block(worst.length);
      space.ritz().defects(worst, block);
      return block;
    }

    private Matrix block(int width) {
      return next.columns(0, Math.min(Math.min(width, next.columns()), space.missing()));
    }
  }
}
