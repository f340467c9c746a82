package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tracker spends on a goal that is hard to reach, and what it says where it gives up. */
class SubspaceTrackerGoalTest extends OnFloat64Device {
  private static final int N = 200;
  private static final int PAIRS = 3;
  private static final long SEED = 5;

  /** A goal that looks along one random direction at a time. */
  private record Asking(Predicate<RitzPairs> enough, boolean bearable) implements Goal {
    static final Asking NEVER = new Asking(ritz -> false, false);

    @Override
    public boolean reached(RitzPairs ritz) {
      return enough.test(ritz);
    }

    @Override
    public boolean bearable(RitzPairs ritz) {
      return bearable;
    }

    @Override
    public void took(RitzPairs ritz) {
      // nothing depends on it
    }

    @Override
    public Matrix directions(RitzPairs ritz, int most, Scope owner) {
      assertThat(most).isPositive();
      Matrix direction = owner.matrix(ritz.basis().rows(), 1);
      direction.write(new GaussianVector(direction.rows(), ritz.dimension()));
      return direction;
    }
  }

  private SubspaceTracker tracker(int maxProducts) {
    SolverSettings settings = new SolverSettings(PAIRS, 1e-6, LARGEST, maxProducts);
    return new SubspaceTracker(device, settings, new SplittableRandom(SEED));
  }

  /** Eigenvalues 8, 4, 2 and the rest of one number. */
  private DiagonalOperator operator(double rest) {
    double[] values = new double[N];
    Arrays.fill(values, rest);
    System.arraycopy(new double[] {8, 4, 2}, 0, values, 0, PAIRS);
    return new DiagonalOperator(values, scope);
  }

  private static Goal tolerance() {
    return new ResidualGoal(PAIRS, 1e-6);
  }

  /** Products of a solve from scratch: twice as many a tracker spends on following. */
  private int cold() {
    try (SubspaceTracker tracker = tracker(2000)) {
      return tracker.restart(operator(0.5), tolerance()).products();
    }
  }

  @Test
  void followsForTwiceTheProductsOfASolve() {
    try (SubspaceTracker tracker = tracker(2000)) {
      int cold = tracker.restart(operator(0.5), tolerance()).products();
      Goal bearable = new Asking(ritz -> false, true);
      DiagonalOperator same = operator(0.5);
      Eigenspace found = tracker.refresh(same, scope.zeros(N, 1), bearable);
      assertThat(found.stop()).isEqualTo(Stop.TRACKED);
      assertThat(found.products()).isEqualTo(same.products()).isEqualTo(PAIRS + 1 + 2 * cold);
      assertThat(tracker.coldSolves()).isEqualTo(1);
      assertThat(tracker.refreshes()).isEqualTo(2);
    }
  }

  /** What cannot be borne after that is solved from scratch, and all that was spent counts. */
  @Test
  void solvesFromScratchWhereFollowingDoesNotBear() {
    try (SubspaceTracker tracker = tracker(2000)) {
      int cold = tracker.restart(operator(0.5), tolerance()).products();
      Goal lost = new Asking(ritz -> tracker.coldSolves() == 2, false);
      DiagonalOperator same = operator(0.5);
      Eigenspace found = tracker.refresh(same, scope.zeros(N, 1), lost);
      assertThat(tracker.coldSolves()).isEqualTo(2);
      assertThat(tracker.refreshes()).isEqualTo(2);
      assertThat(found.stop()).isEqualTo(Stop.CONVERGED);
      assertThat(found.values()).containsExactly(new double[] {8, 4, 2}, within(1e-6 * 8));
      assertThat(found.products()).isEqualTo(same.products()).isGreaterThan(PAIRS + 1 + 2 * cold);
      assertThat(tracker.products()).isEqualTo(cold + same.products());
    }
  }

  /** A basis of all dimensions is as good as it gets. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsWhereAllIsSearched(boolean bearable) {
    try (SubspaceTracker tracker = tracker(2000)) {
      double[] axes = new double[6 * (PAIRS + 1)];
      for (int i = 0; i <= PAIRS; i++) {
        axes[i * 7] = 1;
      }
      tracker.startFrom(new TrackedSpace(new HostMatrix.Doubles(6, PAIRS + 1, axes), 0, 100));
      DiagonalOperator six = new DiagonalOperator(new double[] {1, 2, 3, 4, 5, 6}, scope);
      Goal never = new Asking(ritz -> false, bearable);
      Eigenspace found = tracker.refresh(six, scope.zeros(6, 1), never);
      assertThat(found.stop()).isEqualTo(bearable ? Stop.TRACKED : Stop.SPACE_EXHAUSTED);
      assertThat(found.products()).isEqualTo(six.products()).isEqualTo(6);
      assertThat(found.values()).containsExactly(new double[] {6, 5, 4}, within(1e-14));
      assertThat(tracker.coldSolves()).isZero();
    }
  }

  /** A solve to the tolerance, and two directions more. */
  @Test
  void goesOnFromASolveToTheGoal() {
    try (SubspaceTracker tracker = tracker(2000)) {
      int[] asked = new int[1];
      Goal third = new Asking(ritz -> ++asked[0] == 3, false);
      assertThat(tracker.restart(operator(0.5), third).products()).isEqualTo(cold() + 2);
    }
  }

  /**
   * Twice as much again as the solve took goes to the goal, and once more as long as that many
   * products are not spent.
   */
  @Test
  void givesUpAGoalWhereItsProductsAreSpent() {
    int cold = cold();
    for (int times : new int[] {3, 5}) {
      for (int max : new int[] {(times - 2) * cold + 1, times * cold}) {
        try (SubspaceTracker tracker = tracker(max)) {
          Eigenspace found = tracker.restart(operator(0.5), Asking.NEVER);
          assertThat(found.stop()).isEqualTo(Stop.PRODUCTS_SPENT);
          assertThat(found.products()).isEqualTo(times * cold);
          assertThat(found.residual(PAIRS)).isLessThanOrEqualTo(1e-6);
        }
      }
    }
  }

  /** A solve that has spent its products before it converged asks for no goal. */
  @Test
  void asksForNoGoalWhereASolveDoesNotConverge() {
    try (SubspaceTracker tracker = tracker(3)) {
      Eigenspace found = tracker.restart(operator(0.5), Asking.NEVER);
      assertThat(found.stop()).isEqualTo(Stop.PRODUCTS_SPENT);
      assertThat(found.products()).isEqualTo(3);
    }
  }

  /** What lies outside falls to −3 while it is followed; a solve from scratch sees it anew. */
  @Test
  void knowsHowFarTheSpectrumReachesDown() {
    try (SubspaceTracker tracker = tracker(2000)) {
      tracker.refresh(operator(0.5));
      assertThat(tracker.start().lowest()).isZero();
      tracker.refresh(operator(-3));
      assertThat(tracker.coldSolves()).isEqualTo(1);
      assertThat(tracker.start().lowest()).isCloseTo(-3, within(1e-9));
      tracker.refresh(operator(0.5));
      assertThat(tracker.start().lowest()).isCloseTo(-3, within(1e-9));
      tracker.restart(operator(0.5), tolerance());
      assertThat(tracker.start().lowest()).isZero();
      assertThat(tracker.refreshes()).isEqualTo(4);
      tracker.restart(operator(-1), tolerance());
      assertThat(tracker.start().lowest()).isCloseTo(-1, within(1e-9));
    }
  }
}
