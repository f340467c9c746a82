package org.eigensweep.experiment.probe;

import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Leg;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.experiment.sweep.PlainDistance;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.training.OptimizerSettings;

/**
 * The vectors of the length of θ that one trial holds at a time at least, counted from the settings
 * before anything runs. What passes through a network takes memory of its own.
 */
public final class TrialVectors {
  /**
   * θ, where it started, the update, the base update, and the gradients of step and training loss.
   */
  private static final int OF_A_WALK = 6;

  /** A basis, and its products with the Hessian. */
  private static final int OF_A_PAIR = 2;

  /** θ and update. */
  private static final int OF_A_TWIN = 2;

  private TrialVectors() {}

  /** Bytes of the vectors of a sweep's most demanding part. */
  public static long bytes(Sweep sweep, Precision precision) {
    long vectors = Math.max(ofTrunk(sweep, precision), ofBranches(sweep, precision));
    return vectors * bytesOfOne(sweep, precision);
  }

  /** Bytes of the spaces that wait for later rows, which a trial takes some time to gather. */
  public static long bytesOfEarlierSpaces(Sweep sweep, Precision precision) {
    return ofEarlier(sweep) * bytesOfOne(sweep, precision);
  }

  private static long bytesOfOne(Sweep sweep, Precision precision) {
    return sweep.problem().parameters() * precision.bytes();
  }

  private static long ofTrunk(Sweep sweep, Precision precision) {
    TrainingPlan plan = sweep.protocol().plan();
    long optimizer =
        plan.trunkLegs().stream().mapToLong(leg -> ofOptimizer(leg, precision)).max().orElseThrow();
    boolean one = plan.switchRule() instanceof SwitchRule.AtStep && sweep.ranks().size() == 1;
    int followed = one ? sweep.ranks().get(0) : sweep.ranks().stream().mapToInt(k -> k).sum();
    return OF_A_WALK + optimizer + OF_A_PAIR * (long) followed + ofMeasuring(sweep);
  }

  private static long ofBranches(Sweep sweep, Precision precision) {
    return sweep.branches().stream()
        .mapToLong(branch -> ofBranch(sweep, branch, precision))
        .max()
        .orElseThrow();
  }

  private static long ofBranch(Sweep sweep, Continuation branch, Precision precision) {
    TrainingPlan plan = sweep.protocol().plan();
    int at = plan.expectedSwitch();
    var legs = plan.branchLegs(branch, at);
    long optimizer = ofOptimizer(legs.get(legs.size() - 1), precision);
    boolean hasTwin =
        branch.projects()
            && sweep.protocol().following().measuring().plainDistance() == PlainDistance.ON;
    int rank = branch.projects() ? sweep.ranks().stream().mapToInt(k -> k).max().orElseThrow() : 0;
    return OF_A_WALK
        + optimizer
        + (hasTwin ? OF_A_TWIN + optimizer : 0)
        + OF_A_PAIR * (long) rank
        + ofMeasuring(sweep);
  }

  /** What an optimiser remembers, found by opening one for a single parameter. */
  private static long ofOptimizer(Leg leg, Precision precision) {
    OptimizerSettings optimizer = leg.recipe().optimizer();
    try (Device device = Devices.processor().open(precision, 1);
        Scope scope = device.open()) {
      optimizer.open(scope, 1);
      return scope.bytes() / precision.bytes() + (optimizer.sam() == 0 ? 0 : 1);
    }
  }

  /** With the first row's solve from scratch, beside which there is no tracked space yet. */
  private static long ofMeasuring(Sweep sweep) {
    int pairs = sweep.protocol().following().eigenspace().pairs();
    return pairs + ThickRestartLanczos.vectorsHeld(pairs) + ofEarlier(sweep);
  }

  /** Those of the spaces that wait to be compared with later ones. */
  private static long ofEarlier(Sweep sweep) {
    var following = sweep.protocol().following();
    var points = new MeasuredPoints(following.measuring(), 0, sweep.protocol().plan().steps());
    return (long) following.eigenspace().pairs() * points.mostKept();
  }
}
