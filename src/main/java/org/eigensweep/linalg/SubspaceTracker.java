package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;

/**
 * Follows the leading eigenspace of an operator that changes a little at a time. A refresh applies
 * the operator once to what the space is expected to be, and solves the Rayleigh–Ritz problem
 * there. Where a residual is above the tolerance, the basis grows by the residual vectors of the
 * pairs that need it, until none is. So the residuals of a result are measured at the vectors that
 * are returned, and all of them are within the tolerance, whether the spectrum has a gap behind the
 * last pair or not. Where following takes twice as many products as the latest solve from scratch
 * did, tracking counts as lost, and a solve from scratch takes over.
 *
 * <p>One vector more than the pairs is carried along, the guard: an estimate of the first
 * eigenvector outside. Its Ritz value says how far the space is from what lies behind it, and where
 * it rises past the last pair's, the two change places.
 *
 * <p>A product says nothing of vectors to which the basis is orthogonal. When an eigenvalue from
 * outside crosses the last pair's without its vector turning, the guard has to find it first, by
 * one step of power iteration a refresh. So such a crossing is noticed some refreshes late.
 *
 * <p>What the next refresh starts from is one step of power iteration better than the result, since
 * the products for that step are at hand ({@link ClosingStep}).
 */
public final class SubspaceTracker implements AutoCloseable {
  /** Vectors that the basis may grow by, beyond twice the start, before it restarts. */
  private static final int SLACK = 8;

  /**
   * Products that following may take for each of the latest solve from scratch. A solve takes so
   * few that with one, following ended now and then right before its goal, and both were spent.
   */
  private static final int PATIENCE = 2;

  private final Device device;
  private final SolverSettings settings;
  private final CountedRandom random;
  private final Orthonormalizer orthonormalizer;
  private final ThickRestartLanczos cold;
  private final WarmStart start;
  private int refreshes;
  private int coldSolves;
  private long products;
  private int patience;

  /**
   * A tracker that has seen nothing: its first refresh is a cold solve.
   *
   * @param device where blocks live
   * @param settings what is asked for
   * @param random stream of starting vectors
   */
  public SubspaceTracker(Device device, SolverSettings settings, RandomGenerator random) {
    this(device, settings, new CountedRandom(random));
  }

  SubspaceTracker(Device device, SolverSettings settings, CountedRandom random) {
    this.device = device;
    this.settings = settings;
    this.random = random;
    this.orthonormalizer = new Orthonormalizer(random);
    this.cold = new ThickRestartLanczos(settings, random);
    this.start = new WarmStart(device, settings, orthonormalizer);
  }

  /** Goes on from what a tracker knew. */
  public void startFrom(TrackedSpace known) {
    patience = known.patience();
    start.take(known);
  }

  /** All that the next refresh starts from; there must have been one. */
  public TrackedSpace snapshot() {
    return start.snapshot(patience);
  }

  /** All that is known now; the tracker goes on as if nothing had been asked. */
  public SubspaceState state(MatrixKeeper keeper) {
    return new SubspaceState(
        start.isKnown() ? start.state(patience, keeper) : null,
        start.steps(),
        start.remembered(keeper),
        refreshes,
        coldSolves,
        products,
        random.drawn());
  }

  /** Goes on from where another tracker was; this one must not have seen anything yet. */
  public void restore(SubspaceState state) {
    if (state.start() != null) {
      patience = state.start().patience();
      start.restore(state.start(), state.steps(), state.remembered());
    }
    refreshes = state.refreshes();
    coldSolves = state.coldSolves();
    products = state.products();
    random.skipTo(state.drawn());
  }

  /**
   * Finds the leading eigenspace of the operator as it is now, to the tolerance.
   *
   * @return vectors owned by the tracker and valid until its next refresh or its closing, with the
   *     residuals measured there
   * @throws NotFiniteException if a product is not finite
   */
  public Eigenspace refresh(LinearOperator operator) {
    return refresh(operator, tolerance());
  }

  /**
   * Finds the leading eigenspace of the operator as it is now, to the tolerance, from a forecast of
   * it ({@link BasisForecast}) where enough is known for one.
   *
   * @param operator the operator
   * @param point n × 1, the parameters at which the operator was taken
   * @return vectors owned by the tracker and valid until its next refresh or its closing, with the
   *     residuals measured there
   * @throws NotFiniteException if a product is not finite
   */
  public Eigenspace refresh(LinearOperator operator, Matrix point) {
    return refresh(operator, point, tolerance());
  }

  /** The same to another goal. */
  Eigenspace refresh(LinearOperator operator, Matrix point, Goal goal) {
    start.moveTo(point);
    Eigenspace found = refresh(operator, goal);
    start.remember(point);
    return found;
  }

  private Goal tolerance() {
    return new ResidualGoal(settings.pairs(), settings.tolerance());
  }

  private Eigenspace refresh(LinearOperator operator, Goal goal) {
    refreshes++;
    if (!start.isKnown()) {
      return solveCold(operator, goal, 0);
    }
    int spent;
    try (SearchSpace space = space(operator, 2 * start.basis().columns() + SLACK)) {
      try (Scope temporary = device.open()) {
        space.add(start.copy(temporary));
      }
      if (pursue(goal, space)) {
        Stop stop = goal.bearable(space.ritz()) ? Stop.TRACKED : Stop.SPACE_EXHAUSTED;
        return keep(space, goal, stop, 0);
      }
      spent = space.products();
    }
    return solveCold(operator, goal, spent);
  }

  /** Whether the goal was reached, or all there is was searched, before patience ran out. */
  private boolean pursue(Goal goal, SearchSpace space) {
    int most = space.products() + patience;
    while (!goal.reached(space.ritz()) && space.missing() > 0) {
      if (space.products() >= most) {
        return goal.bearable(space.ritz());
      }
      try (Scope temporary = device.open()) {
        int room = Math.min(space.missing(), SLACK);
        space.add(goal.directions(space.ritz(), room, temporary));
      }
    }
    return true;
  }

  /**
   * Finds the leading eigenspace from scratch, where the caller has seen that tracking is lost.
   *
   * @return vectors owned by the tracker and valid until its next refresh or its closing
   * @throws NotFiniteException if a product is not finite
   */
  Eigenspace restart(LinearOperator operator, Goal goal) {
    refreshes++;
    return solveCold(operator, goal, 0);
  }

  /** Solves to the tolerance, and from there to the goal as far as patience reaches. */
  private Eigenspace solveCold(LinearOperator operator, Goal goal, int before) {
    coldSolves++;
    try (SearchSpace space = space(operator, cold.capacity())) {
      Stop stop = search(space);
      patience = PATIENCE * space.products();
      start.reachAnew(space.lowest());
      while (stop == Stop.CONVERGED && !pursue(goal, space)) {
        boolean spent = space.products() >= settings.maxProducts();
        stop = spent ? Stop.PRODUCTS_SPENT : cold.resume(space);
      }
      return keep(space, goal, stop, before);
    }
  }

  /** Searches from scratch, in the directions of what was known. */
  private Stop search(SearchSpace space) {
    try (Scope temporary = device.open()) {
      Matrix known = temporary.zeros(space.size(), 1);
      if (start.isKnown()) {
        start.sum(known);
      }
      return cold.search(space, known);
    }
  }

  private SearchSpace space(LinearOperator operator, int capacity) {
    return new SearchSpace(operator, settings, capacity, orthonormalizer);
  }

  /** Takes over what was found: the result, and what the next refresh starts from. */
  private Eigenspace keep(SearchSpace space, Goal goal, Stop stop, int before) {
    int pairs = settings.pairs();
    RitzPairs ritz = space.ritz();
    start.reach(space.lowest());
    goal.took(ritz);
    Matrix vectors = start.advance(ritz);
    int total = before + space.products();
    products += total;
    return new Eigenspace(
        vectors, ritz.values(pairs), Arrays.copyOf(ritz.residuals(), pairs), total, stop);
  }

  /** What the next refresh starts from: the space, one power step beyond the latest result. */
  WarmStart start() {
    return start;
  }

  /** Refreshes so far. */
  public int refreshes() {
    return refreshes;
  }

  /** Refreshes so far that were solved from scratch: the first, and each loss of tracking. */
  public int coldSolves() {
    return coldSolves;
  }

  /** Operator-vector products so far. */
  public long products() {
    return products;
  }

  @Override
  public void close() {
    start.close();
  }
}
