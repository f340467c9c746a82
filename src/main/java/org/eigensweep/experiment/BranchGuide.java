package org.eigensweep.experiment;

import org.eigensweep.training.UpdateRule;

/**
 * Guides a branch: refreshes the space that its rule projects on, and goes on to the last step.
 *
 * @param rule the branch's update rule
 * @param firstStep the switch
 * @param refreshEvery steps between two refreshes
 */
record BranchGuide(UpdateRule rule, int firstStep, int refreshEvery) implements Guide {
  @Override
  public boolean steersAt(int step) {
    return rule.projects() && (step - firstStep) % refreshEvery == 0;
  }

  @Override
  public boolean endsAt(int step, Frame frame) {
    return false;
  }
}
