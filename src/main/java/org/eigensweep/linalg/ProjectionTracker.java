package org.eigensweep.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Follows leading eigenspaces for the projection of one vector at each operator. Where the error
 * allows, the basis of each rank is brought up to date for that vector alone, for two products
 * ({@link DirectedCorrection}); otherwise the whole space is refreshed, for a product a pair or
 * more.
 *
 * <p>What a correction leaves is smaller than what it changes, by about λ_{k+1}/λ_k, so the share
 * {@value #LEFT} of the change is the estimate of the error in χ = ‖Pv‖/‖v‖. The running mean of
 * the estimates stays within the allowed error ({@link ErrorBudget}).
 *
 * <p>A correction sees nothing of an eigenvalue that rises from outside, unless its vector has a
 * part in v. So corrections end after {@value #MOST_CORRECTIONS}. Where v does meet a direction
 * outside that is more curved than the least inside, tracking is lost, and the space is solved from
 * scratch. Spaces with eigenvalues that are not positive, and those of the largest magnitude, are
 * never corrected.
 */
public final class ProjectionTracker implements AutoCloseable {
  /** Share of its own size that a correction of χ is taken to leave as an error. */
  static final double LEFT = 0.125;

  /** Corrections between two refreshes: with ten pairs half a product a step goes to refreshes. */
  static final int MOST_CORRECTIONS = 20;

  private final Device device;
  private final SubspaceTracker exact;
  private final Which which;
  private final List<Integer> ranks;
  private final ErrorBudget budget;
  private final Orthonormalizer orthonormalizer;
  private List<Eigenspace> spaces = List.of();
  private Scope scope;
  private double estimate;
  private int age;
  private int corrections;

  /**
   * A tracker that has seen nothing: it begins with a solve from scratch.
   *
   * @param device where blocks live
   * @param settings how the whole space is solved and refreshed
   * @param ranks the k of each space that vectors are projected on, at most the pairs of the
   *     settings
   * @param error mean error of χ that corrections may leave; 0 refreshes every time
   * @param random stream of starting vectors
   */
  public ProjectionTracker(
      Device device,
      SolverSettings settings,
      List<Integer> ranks,
      double error,
      RandomGenerator random) {
    this.device = device;
    this.exact = new SubspaceTracker(device, settings, random);
    this.which = settings.which();
    this.ranks = List.copyOf(ranks);
    this.budget = new ErrorBudget(error);
    this.orthonormalizer = new Orthonormalizer(random);
  }

  /** Goes on from what a tracker knew; the next operator is met with a refresh. */
  public void startFrom(TrackedSpace known) {
    exact.startFrom(known);
  }

  /**
   * All that a tracker needs to go on from here.
   *
   * @param operator the operator that was followed last; it is refreshed for, if it was not
   * @param point n × 1, where it was taken
   */
  public TrackedSpace snapshot(LinearOperator operator, Matrix point) {
    if (age > 0 || spaces.isEmpty()) {
      refresh(exact.refresh(operator, point));
    }
    return exact.snapshot();
  }

  /**
   * Brings the bases up to date for a vector.
   *
   * @param operator the operator as it is now
   * @param point n × 1, the parameters at which it was taken
   * @param vector v, n × 1
   * @throws NotFiniteException if a product is not finite
   */
  public void follow(LinearOperator operator, Matrix point, Matrix vector) {
    if (correctable()) {
      correct(operator, point, vector);
    } else {
      refresh(exact.refresh(operator, point));
    }
  }

  /**
   * The basis with which the vector that was followed last is to be projected.
   *
   * @param rank one of the ranks
   * @return n × k, orthonormal; owned by the tracker and valid until it follows another vector or
   *     is closed
   */
  public Matrix basis(int rank) {
    return spaces.get(ranks.indexOf(rank)).vectors();
  }

  private boolean correctable() {
    return !spaces.isEmpty()
        && which == Which.LARGEST
        && age < MOST_CORRECTIONS
        && budget.admits()
        && spaces.stream().allMatch(ProjectionTracker::correctable);
  }

  private static boolean correctable(Eigenspace space) {
    return space.vectors().columns() < space.vectors().rows()
        && Arrays.stream(space.values()).allMatch(value -> value > 0);
  }

  private void correct(LinearOperator operator, Matrix point, Matrix vector) {
    Scope next = device.open();
    List<Eigenspace> corrected = new ArrayList<>();
    double outside = 0;
    double largest = 0;
    try {
      for (Eigenspace space : spaces) {
        Matrix basis = next.matrix(vector.rows(), space.vectors().columns());
        corrections++;
        DirectedCorrection made =
            DirectedCorrection.of(
                operator, start(space, point, next), vector, basis, orthonormalizer);
        outside = Math.max(outside, made.outside());
        largest = Math.max(largest, LEFT * (Math.abs(made.tilted()) + Math.abs(made.moved())));
        corrected.add(tracked(basis, space.values()));
      }
    } catch (NotFiniteException e) {
      next.close();
      throw e;
    }
    if (outside <= 1 && budget.accepts(largest)) {
      estimate = largest;
      age++;
      adopt(next, corrected);
    } else {
      next.close();
      refresh(outside > 1 ? exact.restart(operator) : exact.refresh(operator, point));
    }
  }

  private Eigenspace start(Eigenspace space, Matrix point, Scope scope) {
    return exact.forecasts()
        ? tracked(exact.forecast(point, space.vectors().columns(), scope), space.values())
        : space;
  }

  private void refresh(Eigenspace found) {
    Scope next = device.open();
    List<Eigenspace> copies = new ArrayList<>();
    for (int rank : ranks) {
      Matrix copy = next.matrix(found.vectors().rows(), rank);
      device.copy(found.vectors().columns(0, rank), copy);
      copies.add(tracked(copy, Arrays.copyOf(found.values(), rank)));
    }
    adopt(next, copies);
    budget.save();
    estimate = 0;
    age = 0;
  }

  private static Eigenspace tracked(Matrix basis, double[] values) {
    return new Eigenspace(basis, values, new double[0], 0, Stop.TRACKED);
  }

  private void adopt(Scope next, List<Eigenspace> bases) {
    if (scope != null) {
      scope.close();
    }
    scope = next;
    spaces = bases;
  }

  List<Integer> ranks() {
    return ranks;
  }

  /** The estimated error of χ that the latest correction left; 0 after a refresh. */
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
    if (scope != null) {
      scope.close();
    }
    exact.close();
  }
}
