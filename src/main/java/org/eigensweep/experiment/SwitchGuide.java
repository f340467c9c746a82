package org.eigensweep.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Guides a trunk: watches for each rank's switch, and ends the trunk after the last. */
final class SwitchGuide implements Guide {
  private final SwitchRule rule;
  private final List<Integer> ranks;
  private final Trajectory trunk;
  private final Map<Integer, Double> averages = new HashMap<>();
  private final Map<Integer, Checkpoint> switches = new TreeMap<>();

  SwitchGuide(SwitchRule rule, List<Integer> ranks, Trajectory trunk) {
    this.rule = rule;
    this.ranks = ranks;
    this.trunk = trunk;
  }

  @Override
  public boolean steersAt(int step) {
    return !(rule instanceof SwitchRule.AtStep at) || step == at.step();
  }

  @Override
  public boolean endsAt(int step, Frame frame) {
    for (int rank : ranks) {
      if (switches.containsKey(rank)) {
        continue;
      }
      double alignment = frame.alignment(trunk.watch(frame, rank));
      if (switchesNow(rank, alignment)) {
        switches.put(rank, trunk.checkpoint(frame, rank, alignment));
      }
    }
    return switches.size() == ranks.size();
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

  Map<Integer, Checkpoint> switches() {
    return switches;
  }
}
