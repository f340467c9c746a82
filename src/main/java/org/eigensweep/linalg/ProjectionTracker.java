package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;

/**
 * Follows a leading eigenspace for the projection of one vector at each operator. Where the error
 * allows, the basis is brought up to date for that vector alone, for two products ({@link
 * DirectedCorrection}); otherwise the space is refreshed, for a product a pair and one more, until
 * the vector's projection is right to the allowed error.
 *
 * <p>Every step has an estimate of the error that it leaves, in the measure that the caller gives:
 * after a refresh from measured residuals ({@link ProjectionError}), after a correction from what
 * it changed ({@link CorrectionError}). The running mean of the estimates stays within the allowed
 * error ({@link ErrorBudget}).
 *
 * <p>A correction sees nothing of an eigenvalue that rises from outside, unless its vector has a
 * part in v. So corrections end after {@value #MOST_CORRECTIONS}. Where v does meet a direction
 * outside that is more curved than the least inside, tracking is lost, and the space is solved from
 * scratch. Spaces with eigenvalues that are not positive, and those of the largest magnitude, are
 * never corrected.
 */
public final class ProjectionTracker implements AutoCloseable {
  /** Corrections between two refreshes: with ten pairs half a product a step goes to refreshes. */
  static final int MOST_CORRECTIONS = 20;

  /** Relative change of the eigenvalues since they were known beyond which they tell nothing. */
  private static final double MOST_AGED = 0.5;

  private final Device device;
  private final SolverSettings settings;
  private final SubspaceTracker exact;
  private final double allowed;
  private final ErrorBudget budget;
  private final Orthonormalizer orthonormalizer;
  private Eigenspace space;
  private Scope scope;
  private Eigenspace measured;
  private double edge;
  private double estimate;
  private int age;
  private int corrections;

  /**
   * A tracker that has seen nothing: it begins with a solve from scratch.
   *
   * @param device where blocks live
   * @param settings the space: its dimension k is the number of pairs; and how it is refreshed
   * @param error mean error that a projection may have; 0 refreshes to the tolerance every time
   * @param random stream of starting vectors
   */
  public ProjectionTracker(
      Device device, SolverSettings settings, double error, RandomGenerator random) {
    this.device = device;
    this.settings = settings;
    CountedRandom counted = new CountedRandom(random);
    this.exact = new SubspaceTracker(device, settings, counted);
    this.allowed = error;
    this.budget = new ErrorBudget(error);
    this.orthonormalizer = new Orthonormalizer(counted);
  }

  /** Goes on from what a tracker knew; the next operator is met with a refresh. */
  public void startFrom(TrackedSpace known) {
    exact.startFrom(known);
  }

  /**
   * All that a tracker needs to go on from here; it must have followed a vector.
   *
   * @param operator the operator that was followed last; it is refreshed for, if it was not
   * @param point n × 1, where it was taken
   */
  public TrackedSpace snapshot(LinearOperator operator, Matrix point) {
    if (age > 0) {
      exact.refresh(operator, point);
    }
    return exact.snapshot();
  }

  /** All that is known now; the tracker goes on as if nothing had been asked. */
  public ProjectionState state(MatrixKeeper keeper) {
    return new ProjectionState(
        exact.state(keeper),
        scope == null ? null : keeper.keep(space.vectors()),
        space == null ? new double[0] : space.values(),
        edge,
        estimate,
        age,
        corrections,
        budget.mean(),
        budget.expected());
  }

  /** Goes on from where another tracker was; this one must not have followed anything yet. */
  public void restore(ProjectionState state) {
    exact.restore(state.exact());
    if (state.corrected() != null) {
      scope = device.open();
      space = tracked(scope.copyOf(state.corrected()), state.values());
    } else if (state.values().length > 0) {
      space = tracked(exact.start().space(), state.values());
    }
    edge = state.edge();
    estimate = state.estimate();
    age = state.age();
    corrections = state.corrections();
    budget.restore(state.mean(), state.expected());
  }

  /**
   * Brings the basis up to date for a vector.
   *
   * @param operator the operator as it is now
   * @param point n × 1, the parameters at which it was taken
   * @param vector v, n × 1
   * @param measure what of the projection's error counts
   * @throws NotFiniteException if a product is not finite
   */
  public void follow(LinearOperator operator, Matrix point, Matrix vector, ErrorMeasure measure) {
    ProjectionGoal goal = new ProjectionGoal(settings, vector, measure, allowed, exact.start());
    measured = null;
    if (!correctable()) {
      take(exact.refresh(operator, point, goal), goal);
      return;
    }
    Scope next = device.open();
    Matrix basis = next.matrix(vector.rows(), settings.pairs());
    DirectedCorrection made;
    corrections++;
    try {
      made = DirectedCorrection.of(operator, start(point, next), vector, basis, orthonormalizer);
    } catch (RuntimeException e) { // of the operator
      next.close();
      throw e;
    }
    double left =
        measure.of(CorrectionError.of(made, space.values(), edge, exact.start().lowest()));
    boolean lost = made.outside() > space.values()[settings.pairs() - 1];
    if (!lost && made.aged() <= MOST_AGED && budget.accepts(left)) {
      adopt(next, basis);
      estimate = left;
      age++;
    } else {
      next.close();
      take(lost ? exact.restart(operator, goal) : exact.refresh(operator, point, goal), goal);
    }
  }

  /**
   * The basis with which the vector that was followed last is to be projected.
   *
   * @return n × k, orthonormal; owned by the tracker and valid until it follows another vector or
   *     is closed
   */
  public Matrix basis() {
    return space.vectors();
  }

  /**
   * The pairs that the latest following measured, if it refreshed the space and each residual came
   * within the tolerance of the settings. A {@link SubspaceTracker} with these settings promises no
   * more of its own refresh: it stops for the same reasons, and measures residuals in the same way.
   *
   * @return vectors owned by the tracker, as long as {@link #basis}; empty after a correction, and
   *     where the projection was right before the whole space was
   */
  public Optional<Eigenspace> measured() {
    return Optional.ofNullable(measured).filter(this::isWithinTolerance);
  }

  private boolean isWithinTolerance(Eigenspace found) {
    return (found.stop() == Stop.TRACKED || found.stop() == Stop.CONVERGED)
        && found.residual(settings.pairs()) <= settings.tolerance();
  }

  private boolean correctable() {
    return space != null
        && settings.which() == Which.LARGEST
        && age < MOST_CORRECTIONS
        && budget.admits()
        && space.vectors().columns() < space.vectors().rows()
        && Arrays.stream(space.values()).allMatch(value -> value > 0);
  }

  private Eigenspace start(Matrix point, Scope owner) {
    WarmStart next = exact.start();
    return next.forecasts() ? tracked(next.forecast(point, owner), space.values()) : space;
  }

  private void take(Eigenspace found, ProjectionGoal goal) {
    release();
    measured = found;
    space = tracked(exact.start().space(), found.values());
    edge = goal.edge();
    estimate = goal.estimate();
    budget.spend(estimate);
    age = 0;
  }

  private void adopt(Scope next, Matrix basis) {
    release();
    scope = next;
    space = tracked(basis, space.values());
  }

  /** Lets go of a corrected basis; a refreshed one belongs to the tracker that found it. */
  private void release() {
    if (scope != null) {
      scope.close();
      scope = null;
    }
  }

  private static Eigenspace tracked(Matrix basis, double[] values) {
    return new Eigenspace(basis, values, new double[0], 0, Stop.TRACKED);
  }

  /** The error that the latest step left, by estimate, in the measure that it was given. */
  public double estimate() {
    return estimate;
  }

  /** Corrections so far, those included that were thrown away. */
  public int corrections() {
    return corrections;
  }

  /** Refreshes so far. */
  public int refreshes() {
    return exact.refreshes();
  }

  /** Refreshes so far that were solved from scratch: the first, and each loss of tracking. */
  public int coldSolves() {
    return exact.coldSolves();
  }

  /** Operator-vector products so far. */
  public long products() {
    return exact.products() + (long) DirectedCorrection.PRODUCTS * corrections;
  }

  @Override
  public void close() {
    release();
    exact.close();
  }
}
