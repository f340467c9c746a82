package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Leading eigenpairs from scratch: the Lanczos method with full orthogonalisation and thick restart
 * ({@link SearchSpace}; Wu and Simon, SIAM J. Matrix Anal. Appl. 22, 2000). One vector at a time
 * reaches a tolerance with the fewest products: m products to a polynomial of degree m.
 *
 * <p>A basis that grew from one vector holds no more than one copy of a repeated eigenvalue,
 * however small its residuals. So a converged solve follows a random vector, outside of what it
 * has, until a leading pair that it has missed can be ruled out ({@link MissedPairBound}), but for
 * no more steps than it took. Where that changes the leading pairs, the solve converges again, by
 * the residual of its worst pair, and asks again. The check ends early where the products are
 * spent.
 *
 * <p>A basis may hold an eigenvector exactly before it holds the leading one: two large eigenspaces
 * meet by their dimensions alone. So a solve goes on until the first pair outside is known to
 * belong there ({@link RitzPairs#isApart}).
 */
public final class ThickRestartLanczos {
  /** Basis vectors beyond twice the pairs wanted: room for a restart to keep what it learned. */
  private static final int SLACK = 20;

  /** Steps of a check before it may need a restart, beyond which there is no bound. */
  private static final int UNBROKEN = 16;

  private final SolverSettings settings;
  private final Orthonormalizer orthonormalizer;

  /**
   * A solver.
   *
   * @param settings what is asked for
   * @param random stream of random vectors; solves advance it
   */
  public ThickRestartLanczos(SolverSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.orthonormalizer = new Orthonormalizer(random);
  }

  /**
   * Solves from a random vector.
   *
   * @param operator a symmetric operator of at least {@code pairs} dimensions
   * @param scope owner of the returned vectors, n × pairs
   * @throws IllegalArgumentException if more pairs are wanted than the operator has
   * @throws NotFiniteException if a product is not finite
   */
  public Eigenspace solve(LinearOperator operator, Scope scope) {
    try (Scope temporary = operator.device().open()) {
      return solve(operator, temporary.zeros(operator.size(), 1), scope);
    }
  }

  /**
   * Solves from a vector that is thought to have a part along every leading eigenvector, to which a
   * random one of the same length is added. Residuals are those of the returned vectors.
   *
   * @param operator a symmetric operator of at least {@code pairs} dimensions
   * @param start n × 1, such as the gradient; zero where nothing is known
   * @param scope owner of the returned vectors, n × pairs
   * @throws IllegalArgumentException if more pairs are wanted than the operator has
   * @throws NotFiniteException if a product is not finite
   */
  public Eigenspace solve(LinearOperator operator, Matrix start, Scope scope) {
    try (SearchSpace space = new SearchSpace(operator, settings, capacity(), orthonormalizer)) {
      Stop stop = search(space, start);
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
   * @param start n × 1, such as the gradient; zero where nothing is known
   * @throws NotFiniteException if a product is not finite
   */
  Stop search(SearchSpace space, Matrix start) {
    try (Scope scope = space.device().open()) {
      return new Run(space, scope).solve(start);
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
      return run.iterate(run::worstDefect);
    }
  }

  /** One solve. */
  private final class Run {
    private final SearchSpace space;
    private final Matrix next;

    Run(SearchSpace space, Scope scope) {
      this.space = space;
      this.next = scope.matrix(space.size(), 1);
    }

    Stop solve(Matrix start) {
      space.add(withRandom(start));
      Stop stop = iterate(this::newestImage);
      while (stop == Stop.CONVERGED && missesAPair()) {
        stop = iterate(this::worstDefect);
      }
      return stop;
    }

    private Stop iterate(Supplier<Matrix> following) {
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
        space.add(following.get());
      }
    }

    /** Whether the Krylov space of a random vector holds a leading pair that is not found yet. */
    private boolean missesAPair() {
      space.makeRoom(UNBROKEN);
      double[] before = space.ritz().values(settings.pairs());
      double same = settings.tolerance() * space.ritz().eigen().spread();
      double last = settings.which().rank(before[before.length - 1]);
      MissedPairBound bound = new MissedPairBound(last + same, settings.which(), space.size());
      orthonormalizer.fillRandom(next);
      int most = space.products();
      for (int step = 0; step < most && mayGrow() && !bound.isReached(); step++) {
        space.add(next);
        if (!converged() || changed(before, same)) {
          return true;
        }
        double length = space.newestDefect(next);
        if (step < UNBROKEN) {
          bound.step(space.newestQuotient(), length);
        }
      }
      return false;
    }

    private boolean mayGrow() {
      return space.missing() > 0 && space.products() < settings.maxProducts();
    }

    private boolean changed(double[] before, double same) {
      double[] after = space.ritz().values(before.length);
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

    /** A random vector, and a given one of the same length. */
    private Matrix withRandom(Matrix start) {
      orthonormalizer.fillRandom(next);
      double length = start.device().norm(start);
      if (length > 0) {
        start.device().axpy(start.device().norm(next) / length, start, next);
      }
      return next;
    }

    private Matrix newestImage() {
      space.newestImages(next);
      return next;
    }

    /**
     * The residual of the pair that is furthest off, or of the first one outside. The basis is no
     * single Krylov space once a random vector has joined it, so its newest product no longer holds
     * every residual.
     */
    private Matrix worstDefect() {
      RitzPairs ritz = space.ritz();
      int pairs = settings.pairs();
      boolean inside = ritz.residual(pairs) > settings.tolerance();
      int asked = inside ? pairs : ritz.residuals().length;
      ritz.defects(ritz.worst(asked, 1), next);
      return next;
    }
  }
}
