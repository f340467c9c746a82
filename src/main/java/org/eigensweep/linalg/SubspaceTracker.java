package org.eigensweep.linalg;

import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Follows the leading eigenspace of an operator that changes a little at a time. A refresh applies
 * the operator once to the previous basis Q, solves the Rayleigh–Ritz problem there, and takes the
 * product AQ, made orthonormal, as the new basis: one step of block power iteration from a start
 * that is already good. Where that does not do, it is repeated, and where that does not do either,
 * tracking counts as lost and a cold solve takes over.
 *
 * <p>A power step multiplies what the basis holds of an eigenvector by |λ|, so where algebraically
 * largest eigenvalues are wanted, a negative one that outweighs λ_pairs would draw the basis to
 * itself. The latest cold solve tells how far the spectrum reaches below zero; where that is far
 * enough to matter, the step is AQ − σQ with σ the middle of the negative part, which weakens
 * everything unwanted at no further product. Otherwise, and so in the ordinary spectrum of a loss,
 * σ is zero. A negative Ritz value from the lower half of the known spectrum means that the basis
 * was drawn away all the same, because the operator has changed. Tracking then counts as lost.
 *
 * <p>A product says nothing of vectors to which the basis is orthogonal. When an eigenvalue from
 * outside crosses λ_pairs, the basis takes up its vector as far as the eigenvectors turn, by a
 * factor λ_new/λ_pairs a step, and residuals tell only then: a loss is noticed some refreshes late,
 * and where eigenvalues cross without any turning, not at all.
 *
 * <p>The residuals of a tracked result are measured at the Ritz vectors in Q, for which the product
 * is at hand; the returned vectors are one power step better, so their residuals are smaller by
 * about λ_{pairs+1}/λ_i. The values are the Ritz values in Q, whose error is of second order.
 */
public final class SubspaceTracker implements AutoCloseable {
  /**
   * How much larger than the tolerance a measured residual in Q may be: the closing power step,
   * which is not measured, removes most of what a step of training adds. It leaves the share
   * λ_{pairs+1}/λ_i of pair i, so the last pairs may come back with residuals of several times the
   * tolerance.
   */
  private static final double BEFORE_POWER_STEP = 30;

  /** Power steps in one refresh before tracking counts as lost. */
  private static final int MAX_SWEEPS = 4;

  /**
   * Reach below zero, as a share of λ_pairs, from which a power step is shifted; without a shift, a
   * step then at least halves what is negative.
   */
  private static final double HARMLESS_REACH = 0.5;

  private final Device device;
  private final SolverSettings settings;
  private final Orthonormalizer orthonormalizer;
  private final BlockKrylov cold;
  private final BasisForecast forecast;
  private Scope scope;
  private Matrix basis;
  private int refreshes;
  private int coldSolves;
  private long products;

  /** How far the spectrum reaches below zero, as a negative number; zero where not known. */
  private double lowest;

  /**
   * A tracker that has seen nothing: its first refresh is a cold solve.
   *
   * @param device where blocks live
   * @param settings what is asked for
   * @param random stream of starting vectors
   */
  public SubspaceTracker(Device device, SolverSettings settings, RandomGenerator random) {
    this.device = device;
    this.settings = settings;
    this.orthonormalizer = new Orthonormalizer(random);
    this.cold = new BlockKrylov(settings, random);
    this.forecast = new BasisForecast(device);
  }

  /** Goes on from what a tracker knew. */
  public void startFrom(TrackedSpace known) {
    lowest = known.lowest();
    Scope next = device.open();
    adopt(next, next.copyOf(known.basis()));
  }

  /** All that the next refresh starts from; there must have been one. */
  public TrackedSpace snapshot() {
    return new TrackedSpace(basis.snapshot(), lowest);
  }

  /**
   * Finds the leading eigenspace of the operator as it is now.
   *
   * @return vectors owned by the tracker and valid until its next refresh or its closing
   * @throws NotFiniteException if a product is not finite
   */
  public Eigenspace refresh(LinearOperator operator) {
    refreshes++;
    Eigenspace found = basis == null ? solveCold(operator, 0) : track(operator);
    products += found.products();
    return found;
  }

  /**
   * Finds the leading eigenspace of the operator as it is now, from a forecast of it ({@link
   * BasisForecast}) where enough is known for one.
   *
   * @param operator the operator
   * @param point n × 1, the parameters at which the operator was taken
   * @return vectors owned by the tracker and valid until its next refresh or its closing
   * @throws NotFiniteException if a product is not finite
   */
  public Eigenspace refresh(LinearOperator operator, Matrix point) {
    if (forecast.ready()) {
      Scope next = device.open();
      adopt(next, forecast(point, settings.pairs(), next));
    }
    Eigenspace found = refresh(operator);
    forecast.remember(point, found.vectors());
    return found;
  }

  /** Whether enough is known for a forecast. */
  boolean forecasts() {
    return forecast.ready();
  }

  /** An orthonormal basis of what the space of the first k pairs is expected to be at a point. */
  Matrix forecast(Matrix point, int k, Scope owner) {
    Matrix start = owner.matrix(point.rows(), k);
    forecast.at(point, start);
    orthonormalizer.orthonormalize(start);
    return start;
  }

  /**
   * Finds the leading eigenspace from scratch, where the caller has seen that tracking is lost.
   *
   * @return vectors owned by the tracker and valid until its next refresh or its closing
   * @throws NotFiniteException if a product is not finite
   */
  public Eigenspace restart(LinearOperator operator) {
    refreshes++;
    Eigenspace found = solveCold(operator, 0);
    products += found.products();
    return found;
  }

  private Eigenspace track(LinearOperator operator) {
    int spent = 0;
    for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      RitzPairs ritz = powerStep(operator);
      spent += settings.pairs();
      if (drawnAway(ritz)) {
        break;
      }
      Eigenspace space =
          new Eigenspace(
              basis, ritz.values(settings.pairs()), ritz.residuals(), spent, Stop.TRACKED);
      if (space.residual(settings.pairs()) <= BEFORE_POWER_STEP * settings.tolerance()) {
        return space;
      }
    }
    return solveCold(operator, spent);
  }

  private boolean drawnAway(RitzPairs ritz) {
    double smallest = ritz.eigen().smallest();
    return settings.which() == Which.LARGEST && smallest < 0 && smallest <= lowest / 2;
  }

  /** σ of the power step, from which every unwanted eigenvalue is nearer than the wanted ones. */
  private double shift(RitzPairs ritz) {
    double last = ritz.eigen().smallest();
    return switch (settings.which()) {
      case MAGNITUDE -> 0;
      case LARGEST -> {
        if (-lowest <= HARMLESS_REACH * last) {
          yield 0;
        }
        // below zero the wanted part itself is negative: then everything counts from the lowest
        yield last > 0 ? lowest / 2 : lowest;
      }
    };
  }

  /** Ritz pairs in the basis, which is then replaced by its product, made orthonormal. */
  private RitzPairs powerStep(LinearOperator operator) {
    Scope next = device.open();
    Matrix image = next.matrix(basis.rows(), basis.columns());
    try (Scope temporary = device.open()) {
      Matrix product = temporary.matrix(basis.rows(), basis.columns());
      operator.apply(basis, product);
      RitzPairs ritz = RitzPairs.of(basis, product, basis.columns(), settings.which());
      double shift = shift(ritz);
      if (shift != 0) {
        device.axpy(-shift, basis, product);
      }
      ritz.rotate(product, image);
      orthonormalizer.orthonormalize(image);
      adopt(next, image);
      return ritz;
    }
  }

  private Eigenspace solveCold(LinearOperator operator, int spent) {
    coldSolves++;
    Scope next = device.open();
    Eigenspace solved = cold.solve(operator, next);
    lowest = Math.min(0, cold.lowest());
    adopt(next, solved.vectors());
    return new Eigenspace(
        basis, solved.values(), solved.residuals(), spent + solved.products(), solved.stop());
  }

  private void adopt(Scope next, Matrix vectors) {
    if (scope != null) {
      scope.close();
    }
    scope = next;
    basis = vectors;
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
    if (scope != null) {
      scope.close();
    }
    forecast.close();
  }
}
