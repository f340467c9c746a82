package org.eigensweep.experiment.probe;

import java.util.Map;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Setting;

/**
 * What a probe saw of a sweep.
 *
 * @param trunks batch size → what a trunk costs
 * @param branches name → what a branch costs, with the first batch size and the largest rank
 * @param bytes most that one task's device held
 * @param steps steps that it made; 0 if it timed pieces of them instead
 */
public record Probed(
    Map<Setting<Batches>, PartCost> trunks, Map<String, PartCost> branches, long bytes, int steps) {
  /** What a trunk costs. */
  public PartCost trunk(Setting<Batches> batches) {
    return trunks.get(batches);
  }

  /** What a branch costs: a step differs from one with the first batch size as trunks' do. */
  public PartCost branch(Continuation branch, Setting<Batches> batches) {
    double first = trunks.values().iterator().next().step();
    return branches.get(branch.name()).withStepLonger(trunk(batches).step() - first);
  }
}
