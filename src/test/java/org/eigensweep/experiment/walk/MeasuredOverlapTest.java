package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrialOutcome;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.SpaceOverlap;
import org.eigensweep.linalg.Which;
import org.eigensweep.training.UpdateRule;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** Overlaps of a trial's rows with earlier spaces, against a trial that is written out. */
class MeasuredOverlapTest {
  private static final int PAIRS = 4;
  private static final int RANK = 2;
  private static final int SWITCH = 7;
  private static final int STEPS = 20;

  private static TrialOutcome trial(Measuring measuring) {
    SolverSettings solver = new SolverSettings(PAIRS, 1e-10, Which.LARGEST, 5000);
    Trunk trunk = new Trunk(0.2, WrittenOutTrial.SEED, List.of(RANK), List.of(Continuation.BULK));
    try (LocalRunner runner =
        WrittenOutTrial.runner(
            new Batches.Shuffled(7), SWITCH, STEPS, new Following(solver, 0, measuring))) {
      TrunkOutcome left = Whole.trunk(runner, trunk);
      SwitchState at = left.switches().get(RANK);
      Trial trial = trunk.trials().get(0);
      return TrialOutcome.of(trial, left, at, Whole.branch(runner, trial, at));
    }
  }

  private static Measuring with(Integer... lags) {
    return new Measuring(5, LossChange.PARTIAL, List.of(lags), 0);
  }

  @Test
  void comparesEveryRowWithTheSpacesBeforeItSinceItsTrunkOrBranchBegan() {
    List<WrittenOutTrial.Point> points =
        WrittenOutTrial.points(7, 0.2, UpdateRule.BULK, RANK, SWITCH, STEPS);
    List<Measurement> rows = trial(with(1, 3, 5)).measurements();
    assertThat(rows).extracting(Measurement::step).containsExactly(0, 5, 7, 10, 15, 20);
    List<List<Integer>> lags =
        List.of(
            List.of(), // the start
            List.of(1, 3, 5),
            List.of(), // the switch
            List.of(1, 3),
            List.of(1, 3, 5),
            List.of(1, 3, 5));
    for (int i = 0; i < rows.size(); i++) {
      Map<Integer, SpaceOverlap> found = rows.get(i).overlaps();
      assertThat(found.keySet()).as("row " + i).containsExactlyElementsOf(lags.get(i));
      int step = rows.get(i).step();
      if (step < STEPS) {
        found.forEach((lag, overlap) -> isOf(overlap, points.get(step - lag), points.get(step)));
      }
    }
  }

  private static void isOf(
      SpaceOverlap found, WrittenOutTrial.Point earlier, WrittenOutTrial.Point now) {
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      SpaceOverlap expected =
          SpaceOverlap.between(leading(earlier.vectors(), scope), leading(now.vectors(), scope));
      // Residuals of 1e-10 over gaps of some 1e-3 of the largest eigenvalue.
      assertThat(found.overlaps()).containsExactly(expected.overlaps(), within(1e-6));
      assertThat(found.angles()).containsExactly(expected.angles(), within(1e-6));
    }
  }

  private static Matrix leading(RealMatrix vectors, Scope scope) {
    int n = vectors.getRowDimension();
    Matrix matrix = scope.matrix(n, PAIRS);
    double[] flat = new double[n * PAIRS];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = vectors.getEntry(i % n, i / n);
    }
    matrix.write(flat);
    return matrix;
  }

  /** A lag that rows have anyway costs nothing; any other costs a refresh a row. */
  @Test
  void refreshesOnlyWhereALagNeedsIt() {
    assertThat(trial(Measuring.every(5)).branchCost().refreshes() - steering()).isEqualTo(4);
    assertThat(trial(with(5)).branchCost().refreshes() - steering())
        .as("20 is a multiple of 5 after the start")
        .isEqualTo(4);
    assertThat(trial(with(1)).branchCost().refreshes() - steering())
        .as("9, 14 and 19 besides 7, 10, 15 and 20")
        .isEqualTo(7);
    assertThat(trial(with(100)).branchCost().refreshes() - steering()).isEqualTo(4);
  }

  /** Each of the branch's steps refreshes what steers it. */
  private static int steering() {
    return STEPS - SWITCH;
  }

  @Test
  void looksAtNoPointTwice() {
    MeasuredPoints points = new MeasuredPoints(with(1, 4, 5), 7, 18);
    for (int step = 7; step <= 18; step++) {
      assertThat(points.hasRow(step))
          .as("step " + step)
          .isEqualTo(List.of(7, 10, 15, 18).contains(step));
      assertThat(points.needsSpace(step))
          .as("step " + step)
          .isEqualTo(List.of(7, 9, 10, 11, 13, 14, 15, 17, 18).contains(step));
    }
    assertThat(points.isComparedAfter(10, 14)).as("15 is five steps on").isTrue();
    assertThat(points.isComparedAfter(10, 15)).isFalse();
    assertThat(points.isComparedAfter(18, 18)).as("there is nothing after the end").isFalse();
  }
}
