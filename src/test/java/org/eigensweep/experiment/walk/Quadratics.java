package org.eigensweep.experiment.walk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrialOutcome;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.QuadraticSource;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.quadratic.Basis;
import org.eigensweep.training.BranchRule;
import org.eigensweep.training.OptimizerSettings;

/** Quadratics and how they are trained. */
final class Quadratics {
  private Quadratics() {}

  /** One without noise. */
  static Problem quiet(List<Double> eigenvalues, Basis basis, List<Double> start) {
    return new QuadraticSource(
            eigenvalues,
            basis,
            start,
            4,
            0,
            Collections.nCopies(eigenvalues.size(), 0.0),
            5,
            Precision.FLOAT64)
        .load(new Configuration());
  }

  /** The valley ½·(1000x² + y²) with two examples ±100xy, from (1, 1). */
  static Problem toy() {
    return new QuadraticSource(
            List.of(1000.0, 1.0),
            Basis.AXES,
            List.of(1.0, 1.0),
            2,
            100,
            List.of(0.0, 0.0),
            0,
            Precision.FLOAT64)
        .load(new Configuration());
  }

  static TrainingPlan plan(Batches batches, int steps, int switchStep) {
    return new TrainingPlan(
        OptimizerSettings.SGD,
        new WarmUp(0, 1, 1),
        batches,
        steps,
        new SwitchRule.AtStep(switchStep));
  }

  /** Every point is measured, and every space is solved for, to a tolerance. */
  static Following following(int pairs, int every) {
    return new Following(new SolverSettings(pairs, 1e-9, Which.LARGEST, 500), 0, every);
  }

  static LocalRunner runner(Problem problem, TrainingPlan plan, Following following) {
    Device device = Devices.processor().open(Precision.FLOAT64, 1);
    return LocalRunner.on(device, problem, plan, following);
  }

  /** All points of a trial of one rank and rule. */
  static List<Measurement> points(LocalRunner runner, double rate, int rank, BranchRule rule) {
    Trunk trunk = new Trunk(rate, 1, List.of(rank), List.of(Continuation.asTrunk("rule", rule)));
    TrunkOutcome left = Whole.trunk(runner, trunk);
    SwitchState at = left.switches().get(rank);
    return new ArrayList<>(
        TrialOutcome.points(
            left.measurements(),
            at,
            Whole.branch(runner, trunk.trials().get(0), at).measurements()));
  }
}
