package org.eigensweep.experiment.walk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eigensweep.array.Matrix;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.Watched;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.linalg.ErrorMeasure;

/** Guides a trunk: watches for each rank's switch, and ends the trunk after the last. */
final class SwitchGuide implements Guide {
  private final SwitchRule rule;
  private final int earliest;
  private final List<Integer> ranks;
  private final Steering steering;
  private final BaseUpdates updates;
  private final Meter meter;
  private final Map<Integer, Double> averages = new HashMap<>();
  private final Map<Integer, SwitchState> switches = new TreeMap<>();

  SwitchGuide(TrainingPlan plan, List<Integer> ranks, Trajectory trajectory) {
    this.rule = plan.switchRule();
    this.earliest = plan.earliestSwitch();
    this.ranks = ranks;
    this.steering = trajectory.steering();
    this.updates = trajectory.updates();
    this.meter = trajectory.meter();
  }

  @Override
  public boolean steersAt(int step) {
    return step >= earliest && (!(rule instanceof SwitchRule.AtStep at) || step == at.step());
  }

  @Override
  public boolean endsAt(int step, Frame frame) {
    for (int rank : ranks) {
      if (switches.containsKey(rank)) {
        continue;
      }
      Matrix basis = steering.follow(rank, frame, frame.gradient(), ErrorMeasure.ALIGNMENT);
      double alignment = frame.alignment(basis);
      if (switchesNow(rank, alignment)) {
        switches.put(rank, state(step, frame, rank, alignment));
      }
    }
    return switches.size() == ranks.size();
  }

  private SwitchState state(int step, Frame frame, int rank, double alignment) {
    var space = steering.snapshot(rank, frame); // which may cost a refresh
    return new SwitchState(
        step,
        alignment,
        frame.theta().snapshot(),
        updates.state(step, Matrix::snapshot),
        space,
        meter.of(rank));
  }

  private boolean switchesNow(int rank, double alignment) {
    if (rule instanceof SwitchRule.OnAlignment on) {
      if (Double.isNaN(alignment)) {
        return false; // a zero gradient has no direction, and the average waits for the next one
      }
      double average = on.ema() * averages.getOrDefault(rank, 0.0) + (1 - on.ema()) * alignment;
      averages.put(rank, average);
      return average > on.above();
    }
    return true;
  }

  /** What it has seen so far. */
  Watched watched() {
    return new Watched(Map.copyOf(averages), Map.copyOf(switches));
  }

  /** Goes on from what was seen before of these ranks, and perhaps of others. */
  void restore(Watched before) {
    averages.putAll(before.averages());
    switches.putAll(before.switches());
    switches.keySet().retainAll(ranks);
  }

  /** Rank → state at its switch, of ranks that have switched. */
  Map<Integer, SwitchState> switches() {
    return switches;
  }
}
