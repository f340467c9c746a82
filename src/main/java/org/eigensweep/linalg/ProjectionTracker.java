package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Follows a leading eigenspace for the projection of one vector at each operator. Where the error
 * allows, the basis is brought up to date for that vector alone, for two products ({@link
 * DirectedCorrection}); otherwise all of it is refreshed, for a product a pair or more.
 *
 * <p>What a correction leaves is smaller than what it changes, by about λ_{k+1}/λ_k, so the share
 * {@value #LEFT} of the change is the estimate of the error in χ = ‖Pv‖/‖v‖. A correction whose
 * estimate exceeds the allowed error is thrown away.
 *
 * <p>A correction sees nothing of an eigenvalue that rises from outside, unless its vector has a
 * part in v. So corrections end after {@value #MOST_CORRECTIONS}. Where v does meet a direction
 * outside that is more curved than the least inside, tracking is lost, and the space is solved from
 * scratch.
 */
public final class ProjectionTracker implements AutoCloseable {
  /** Share of its own size that a correction of χ is taken to leave as an error. */
  static final double LEFT = 0.125;

  /** Corrections between two refreshes: with ten pairs half a product a step goes to refreshes. */
  static final int MOST_CORRECTIONS = 20;

  private final Device device;
  private final SubspaceTracker exact;
  private final int rank;
  private final double error;
  private final Orthonormalizer orthonormalizer;
  private Scope scope;
  private Eigenspace space;
  private double estimate;
  private int age;
  private int corrections;

  /**
   * A tracker that has seen nothing: its first projection refreshes.
   *
   * @param device where blocks live
   * @param exact refreshes the space; stays the caller's
   * @param rank k, at most the pairs of the exact tracker
   * @param error error of χ that a correction may leave; 0 refreshes every time
   * @param random fills directions that a vector lacks
   */
  public ProjectionTracker(
      Device device, SubspaceTracker exact, int rank, double error, RandomGenerator random) {
    this.device = device;
    this.exact = exact;
    this.rank = rank;
    this.error = error;
    this.orthonormalizer = new Orthonormalizer(random);
  }

  /**
   * A basis with which a vector is to be projected.
   *
   * @param operator the operator as it is now
   * @param vector v, n × 1
   * @return n × k, orthonormal; owned by the tracker and valid until the next call or its closing
   * @throws NotFiniteException if a product is not finite
   */
  public Matrix basisFor(LinearOperator operator, Matrix vector) {
    if (!correctable()) {
      refresh(exact.refresh(operator));
    } else {
      correct(operator, vector);
    }
    return space.vectors();
  }

  private boolean correctable() {
    return error > 0
        && space != null
        && age < MOST_CORRECTIONS
        && rank < space.vectors().rows()
        && Arrays.stream(space.values()).allMatch(value -> value > 0);
  }

  private void correct(LinearOperator operator, Matrix vector) {
    corrections++;
    Scope next = device.open();
    Matrix corrected = next.matrix(vector.rows(), rank);
    DirectedCorrection made;
    try {
      made = DirectedCorrection.of(operator, space, vector, corrected, orthonormalizer);
    } catch (NotFiniteException e) {
      next.close();
      throw e;
    }
    estimate = LEFT * (Math.abs(made.tilted()) + Math.abs(made.moved()));
    if (made.outside() <= 1 && estimate <= error) {
      age++;
      adopt(next, corrected, space.values());
    } else {
      next.close();
      refresh(made.outside() > 1 ? exact.restart(operator) : exact.refresh(operator));
    }
  }

  private void refresh(Eigenspace found) {
    Scope next = device.open();
    Matrix copy = next.matrix(found.vectors().rows(), rank);
    device.copy(found.vectors().columns(0, rank), copy);
    adopt(next, copy, Arrays.copyOf(found.values(), rank));
    age = 0;
    estimate = 0;
  }

  private void adopt(Scope next, Matrix basis, double[] values) {
    close();
    scope = next;
    space = new Eigenspace(basis, values, new double[0], 0, Stop.TRACKED);
  }

  /** The estimated error of χ that the latest correction left; 0 after a refresh. */
  public double estimate() {
    return estimate;
  }

  /** Corrections so far, those included that were thrown away. */
  public int corrections() {
    return corrections;
  }

  /**
   * Operator-vector products of corrections so far; those of refreshes the other tracker counts.
   */
  public long products() {
    return (long) DirectedCorrection.PRODUCTS * corrections;
  }

  @Override
  public void close() {
    if (scope != null) {
      scope.close();
    }
  }
}
